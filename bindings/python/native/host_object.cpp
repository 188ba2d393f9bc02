// python: dicts and lists as map_view and list_view.
#include "host_object.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "value/values.hpp"

namespace py = pybind11;

namespace sekimori::python {
namespace {

constexpr int deepest = 1000;

std::string_view text_of(PyObject* object) {
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(object, &size);
  if (text == nullptr) throw py::error_already_set();
  return {text, static_cast<std::size_t>(size)};
}

class dict_view final : public map_view {
 public:
  dict_view(PyObject* dict, arena& memory) : dict_(dict), memory_(memory) {}
  std::size_t size() const override { return static_cast<std::size_t>(PyDict_Size(dict_)); }
  bool find(value key, value& found) const override {
    if (!key.is(value_kind::string)) return false;
    auto text = key.as_text();
    PyObject* name = PyUnicode_FromStringAndSize(text.data(), static_cast<Py_ssize_t>(text.size()));
    if (name == nullptr) throw py::error_already_set();
    PyObject* item = PyDict_GetItemWithError(dict_, name);
    Py_DECREF(name);
    if (item == nullptr) return false;
    found = view_of(item, memory_);
    return true;
  }
  const map_entry* entries() const override {
    if (entries_ == nullptr && size() > 0) {
      auto made = memory_.make_array<map_entry>(size());
      PyObject *key, *mapped;
      Py_ssize_t at = 0;
      std::size_t i = 0;
      while (PyDict_Next(dict_, &at, &key, &mapped) && i < made.size()) made[i++] = {value::string(text_of(key)), view_of(mapped, memory_)};
      std::sort(made.begin(), made.end(), [](auto& a, auto& b) { return key_less(a.key, b.key); });
      entries_ = made.data();
    }
    return entries_;
  }

 private:
  PyObject* dict_;
  arena& memory_;
  mutable map_entry* entries_ = nullptr;
};

class sequence_view final : public list_view {
 public:
  sequence_view(PyObject* sequence, arena& memory) : sequence_(sequence), memory_(memory) {}
  std::size_t size() const override { return static_cast<std::size_t>(PySequence_Fast_GET_SIZE(sequence_)); }
  value at(std::size_t index) const override { return view_of(PySequence_Fast_GET_ITEM(sequence_, static_cast<Py_ssize_t>(index)), memory_); }

 private:
  PyObject* sequence_;
  arena& memory_;
};

void check(PyObject* object, const std::string& path, int depth) {
  if (depth > deepest) throw py::value_error("the object is nested deeper than 1000 levels, or contains itself");
  if (object == Py_None || PyBool_Check(object)) return;
  if (PyUnicode_Check(object)) {
    Py_ssize_t size = 0;
    if (PyUnicode_AsUTF8AndSize(object, &size) == nullptr) {
      PyErr_Clear();
      throw py::value_error(path + ": the text has a lone surrogate, which UTF-8 cannot hold");
    }
    return;
  }
  if (PyLong_Check(object)) {
    int overflow = 0;
    long long number = PyLong_AsLongLongAndOverflow(object, &overflow);
    if (overflow == 0 && (number != -1 || !PyErr_Occurred())) return;
    PyErr_Clear();
    PyLong_AsUnsignedLongLong(object);
    if (PyErr_Occurred()) {
      PyErr_Clear();
      throw py::value_error(path + ": the integer does not fit int64 or uint64");
    }
    return;
  }
  if (PyFloat_Check(object)) {
    if (!std::isfinite(PyFloat_AS_DOUBLE(object))) throw py::value_error(path + ": NaN and infinity are not JSON");
    return;
  }
  if (PyDict_Check(object)) {
    PyObject *key, *mapped;
    Py_ssize_t at = 0;
    while (PyDict_Next(object, &at, &key, &mapped)) {
      if (!PyUnicode_Check(key)) throw py::type_error(path + ": a key is " + Py_TYPE(key)->tp_name + ", keys are str");
      check(key, path, depth + 1);
      check(mapped, path + "/" + std::string(text_of(key)), depth + 1);
    }
    return;
  }
  if (PyList_Check(object) || PyTuple_Check(object)) {
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(object); ++i) check(PySequence_Fast_GET_ITEM(object, i), path + "/" + std::to_string(i), depth + 1);
    return;
  }
  throw py::type_error((path.empty() ? "the object" : path) + " is " + Py_TYPE(object)->tp_name + "; dict, list, tuple, str, int, float, bool and None are read");
}

}  // namespace

void check_object(py::handle object) { check(object.ptr(), "", 0); }

value view_of(py::handle handle, arena& memory) {
  PyObject* object = handle.ptr();
  if (object == Py_None) return value::null();
  if (PyBool_Check(object)) return value::boolean(object == Py_True);  // before int: True is an int, too
  if (PyUnicode_Check(object)) return value::string(text_of(object));
  if (PyLong_Check(object)) {
    int overflow = 0;
    long long number = PyLong_AsLongLongAndOverflow(object, &overflow);
    if (overflow == 0) return value::integer(number);
    return value::unsigned_integer(PyLong_AsUnsignedLongLong(object));
  }
  if (PyFloat_Check(object)) return value::floating(PyFloat_AS_DOUBLE(object));
  if (PyDict_Check(object)) return value::map(memory.make<dict_view>(object, memory));
  return value::list(memory.make<sequence_view>(object, memory));
}

}  // namespace sekimori::python
