// cel: values as JSON without loss and as CEL. Entry points: json_text, cel_text. docs/language.md, "Values as
// JSON", tells the form.
#include <cmath>
#include <string>

#include "cel/syntax/lexer.hpp"
#include "cel/syntax/literal.hpp"
#include "sekimori/cel.hpp"
#include "value/containers.hpp"
#include "value/forms.hpp"
#include "value/values.hpp"

namespace sekimori::cel {
namespace {

constexpr std::int64_t largest_exact = (std::int64_t{1} << 53) - 1;
constexpr int deepest = 1'000;
// A value made by an expression can share parts with itself; its text would be of exponential size.
constexpr std::size_t largest_text = std::size_t{1} << 26;

// NaN, Infinity or -Infinity; as double() reads it.
std::string_view name_of_odd(double number) { return std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity"; }

class json_writer {
 public:
  void write(value v, int depth) {
    if (depth > deepest || text_.size() > largest_text) return tagged("$cut", "true");
    if (v.sensitive()) return tagged("$sensitive", "true");
    switch (v.kind()) {
      case value_kind::null: text_ += "null"; break;
      case value_kind::boolean: text_ += v.as_boolean() ? "true" : "false"; break;
      case value_kind::integer: {
        std::int64_t i = v.as_integer();
        bool exact = i >= -largest_exact && i <= largest_exact;
        if (exact) text_ += std::to_string(i);
        else quoted("$int", std::to_string(i));
        break;
      }
      case value_kind::unsigned_integer: quoted("$uint", std::to_string(v.as_unsigned())); break;
      case value_kind::floating: write_double(v.as_floating()); break;
      case value_kind::string: append_json_string(text_, v.as_text()); break;
      case value_kind::bytes: quoted("$bytes", base64_encode(v.as_text())); break;
      case value_kind::timestamp: quoted("$timestamp", format_timestamp(v.seconds(), v.nanos())); break;
      case value_kind::duration: quoted("$duration", format_duration(v.seconds(), v.nanos())); break;
      case value_kind::type: quoted("$type", v.as_text()); break;
      case value_kind::list: write_list(v.as_list(), depth); break;
      case value_kind::map: write_map(v.as_map(), depth); break;
      case value_kind::optional:
        text_ += "{\"$optional\": [";
        if (v.some() != nullptr) write(*v.some(), depth + 1);
        text_ += "]}";
        break;
      case value_kind::opaque:
        text_ += "{\"$opaque\": {\"type\": ";
        append_json_string(text_, v.as_opaque().type_name());
        text_ += ", \"text\": ";
        append_json_string(text_, v.as_opaque().to_string());
        text_ += "}}";
        break;
      case value_kind::error: {
        text_ += "{\"$error\": {\"code\": ";
        append_json_string(text_, error_name(v.as_error().code));
        text_ += ", \"message\": ";
        append_json_string(text_, v.as_error().message);
        text_ += "}}";
        break;
      }
      case value_kind::unknown: write_unknown(v.as_unknown()); break;
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void tagged(std::string_view tag, std::string_view json) {
    text_ += "{\"";
    text_ += tag;
    text_ += "\": ";
    text_ += json;
    text_ += '}';
  }
  void quoted(std::string_view tag, std::string_view text) {
    std::string json;
    append_json_string(json, text);
    tagged(tag, json);
  }

  // A fraction or an exponent is what makes a number a double when it is read again.
  void write_double(double number) {
    if (!std::isfinite(number)) return quoted("$double", name_of_odd(number));
    std::string text = format_double(number);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    text_ += text;
  }

  void write_list(const list_view& list, int depth) {
    text_ += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0) text_ += ", ";
      if (text_.size() > largest_text) {
        tagged("$cut", "true");
        break;
      }
      write(list.at(i), depth + 1);
    }
    text_ += ']';
  }

  // Keys that are strings, none of them like a tag of ours.
  static bool is_plain(const map_view& map) {
    const map_entry* entries = map.entries();
    for (std::size_t i = 0; i < map.size(); ++i) {
      if (!entries[i].key.is(value_kind::string) || entries[i].key.sensitive() || entries[i].key.as_text().starts_with('$')) return false;
    }
    return true;
  }

  void write_map(const map_view& map, int depth) {
    if (!map.type_name().empty()) {
      text_ += "{\"$object\": ";
      append_json_string(text_, map.type_name());
      text_ += ", \"fields\": ";
      write_fields(map, depth);
      text_ += '}';
    } else if (is_plain(map)) {
      write_fields(map, depth);
    } else {
      const map_entry* entries = map.entries();
      text_ += "{\"$map\": [";
      for (std::size_t i = 0; i < map.size() && text_.size() <= largest_text; ++i) {
        text_ += i > 0 ? ", [" : "[";
        write(entries[i].key, depth + 1);
        text_ += ", ";
        write(entries[i].mapped, depth + 1);
        text_ += ']';
      }
      text_ += "]}";
    }
  }

  void write_fields(const map_view& map, int depth) {
    const map_entry* entries = map.entries();
    text_ += '{';
    for (std::size_t i = 0; i < map.size() && text_.size() <= largest_text; ++i) {
      if (i > 0) text_ += ", ";
      append_json_string(text_, entries[i].key.as_text());
      text_ += ": ";
      write(entries[i].mapped, depth + 1);
    }
    text_ += '}';
  }

  void write_unknown(const unknown_set& paths) {
    text_ += "{\"$unknown\": [";
    for (std::size_t i = 0; i < paths.count; ++i) {
      text_ += i > 0 ? ", {\"path\": " : "{\"path\": ";
      append_json_string(text_, paths.paths[i].path);
      text_ += ", \"reason\": ";
      append_json_string(text_, reason_name(paths.paths[i].reason));
      text_ += '}';
    }
    text_ += "]}";
  }

  std::string text_;
};

void append_cel(std::string& to, value v, int depth);

void append_call(std::string& to, std::string_view name, std::string_view text) {
  to += name;
  to += '(';
  to += quoted_text(text);
  to += ')';
}

void append_cel_map(std::string& to, const map_view& map, int depth) {
  const map_entry* entries = map.entries();
  bool is_object = !map.type_name().empty();
  to += map.type_name();
  to += '{';
  for (std::size_t i = 0; i < map.size() && to.size() <= largest_text; ++i) {
    if (i > 0) to += ", ";
    if (!is_object) append_cel(to, entries[i].key, depth + 1);
    else if (is_identifier(entries[i].key.as_text())) to += entries[i].key.as_text();
    else to += "`" + std::string(entries[i].key.as_text()) + "`";
    to += ": ";
    append_cel(to, entries[i].mapped, depth + 1);
  }
  to += '}';
}

void append_cel(std::string& to, value v, int depth) {
  if (depth > deepest || to.size() > largest_text) {
    to += "(cut)";
    return;
  }
  if (v.sensitive()) {
    to += "(sensitive)";
    return;
  }
  switch (v.kind()) {
    case value_kind::error:
      to += "(error: ";
      to += v.as_error().message;
      to += ')';
      break;
    case value_kind::unknown:
      to += "(unknown:";
      for (std::size_t i = 0; i < v.as_unknown().count; ++i) {
        to += i > 0 ? ", " : " ";
        to += v.as_unknown().paths[i].path;
      }
      to += ')';
      break;
    case value_kind::floating:
      if (std::isfinite(v.as_floating())) to += literal_text(v);
      else append_call(to, "double", name_of_odd(v.as_floating()));
      break;
    case value_kind::timestamp: append_call(to, "timestamp", format_timestamp(v.seconds(), v.nanos())); break;
    case value_kind::duration: append_call(to, "duration", format_duration(v.seconds(), v.nanos())); break;
    case value_kind::opaque: {
      std::string_view name = v.as_opaque().type_name();
      std::size_t dot = name.rfind('.');
      std::string function(dot == std::string_view::npos ? name : name.substr(dot + 1));
      for (char& c : function) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      append_call(to, function, v.as_opaque().to_string());
      break;
    }
    case value_kind::optional:
      if (v.some() == nullptr) {
        to += "optional.none()";
        break;
      }
      to += "optional.of(";
      append_cel(to, *v.some(), depth + 1);
      to += ')';
      break;
    case value_kind::list:
      to += '[';
      for (std::size_t i = 0; i < v.as_list().size() && to.size() <= largest_text; ++i) {
        if (i > 0) to += ", ";
        append_cel(to, v.as_list().at(i), depth + 1);
      }
      to += ']';
      break;
    case value_kind::map: append_cel_map(to, v.as_map(), depth); break;
    default: to += literal_text(v);
  }
}

}  // namespace

std::string json_text(value shown) {
  json_writer to;
  to.write(shown, 0);
  return to.take();
}

std::string cel_text(value shown) {
  std::string text;
  append_cel(text, shown, 0);
  return text;
}

}  // namespace sekimori::cel
