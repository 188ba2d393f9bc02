// value: see document_node.hpp.
#include "value/document_node.hpp"

#include "value/json_view.hpp"

namespace sekimori {

namespace {

constexpr std::size_t always_walked = 8;   // keys of an object for which an index never pays

}  // namespace

document_node document_node::at(std::size_t index) const {
  if (tape_ == nullptr) {
    if (!held_.is(value_kind::list) || index >= held_.as_list().size()) return {};
    return held_.as_list().at(index);
  }
  if (tape_->tag(place()) != '[') return {};
  for (std::uint32_t at = place() + 1, last = tape_->end(place()); at < last; at = tape_->after(at)) {
    if (index-- == 0) return {*tape_, at};
  }
  return {};
}

value document_node::read(arena& memory) const {
  if (tape_ == nullptr) return held_;
  const char tag = tape_->tag(place());
  return tag == '{' || tag == '[' ? view_json(*tape_, place(), memory) : tape_->scalar(place());
}

const json_keys& object_reader::keys(arena& memory) const {
  if (walks_ != indexed) {
    keys_ = json_keys(*of_.tape(), of_.place(), memory);
    walks_ = indexed;
  }
  return keys_;
}

bool object_reader::find(std::string_view key, document_node& found, arena& memory) const {
  const json_tape* tape = of_.tape();
  if (tape == nullptr || !of_.is_map()) return of_.find(key, found);
  if (walks_ < walked) {
    ++walks_;
    return of_.find(key, found);
  }
  if (walks_ == walked && tape->count(of_.place()) <= always_walked) return of_.find(key, found);
  const json_keys& sorted = keys(memory);
  const std::size_t at = sorted.find(*tape, key);
  if (at == sorted.size()) return false;
  found = document_node(*tape, sorted.place(at));
  return true;
}

document_node list_reader::at(std::size_t index, arena& memory) const {
  const json_tape* tape = of_.tape();
  if (tape == nullptr) return of_.held().as_list().at(index);
  if (places_ == nullptr) {
    auto places = static_cast<std::uint32_t*>(memory.allocate(sizeof(std::uint32_t) * size_, alignof(std::uint32_t)));
    std::size_t filled = 0;
    for (std::uint32_t at = of_.place() + 1, last = tape->end(of_.place()); at < last; at = tape->after(at)) places[filled++] = at;
    places_ = places;
  }
  return {*tape, places_[index]};
}

}  // namespace sekimori
