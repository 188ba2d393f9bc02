// JSON written in other ways: other white space, keys and resources in another order. Works on well-formed texts only, and
// leaves every scalar as it is written.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekimori::testing {

class json_text {
 public:
  explicit json_text(std::string_view text) {
    std::size_t at = 0;
    read(text, at);
  }

  std::string write(std::string_view between = "") const {
    std::string to;
    write(to, between);
    return to;
  }

  // The keys of every object, in reverse.
  void reverse_keys() {
    if (opening_ == '{') std::reverse(members_.begin(), members_.end());
    for (auto& [key, member] : members_) member.reverse_keys();
  }

  json_text* member(std::string_view key) {
    for (auto& [name, member] : members_) {
      if (name == key) return &member;
    }
    return nullptr;
  }
  void reverse() { std::reverse(members_.begin(), members_.end()); }

 private:
  json_text() = default;

  static void skip(std::string_view text, std::size_t& at) { at = std::min(text.find_first_not_of(" \t\r\n", at), text.size()); }

  static std::string_view scalar(std::string_view text, std::size_t& at) {
    const std::size_t begin = at;
    if (text[at] == '"') {
      for (++at; text[at] != '"'; ++at) at += text[at] == '\\';
      ++at;
    } else {
      at = std::min(text.find_first_of(",]} \t\r\n", at), text.size());
    }
    return text.substr(begin, at - begin);
  }

  void read(std::string_view text, std::size_t& at) {
    skip(text, at);
    if (text[at] != '{' && text[at] != '[') {
      scalar_ = scalar(text, at);
      return;
    }
    opening_ = text[at++];
    for (skip(text, at); text[at] != '}' && text[at] != ']'; skip(text, at)) {
      auto& [key, member] = members_.emplace_back(std::string(), json_text());
      if (opening_ == '{') {
        const std::string_view quoted = scalar(text, at);
        key = quoted.substr(1, quoted.size() - 2);
        at = text.find(':', at) + 1;
      }
      member.read(text, at);
      skip(text, at);
      if (text[at] == ',') ++at;
    }
    ++at;
  }

  void write(std::string& to, std::string_view between) const {
    if (opening_ == 0) {
      to += scalar_;
      return;
    }
    to += opening_;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      if (i > 0) to += ',';
      to += between;
      if (opening_ == '{') to.append("\"").append(members_[i].first).append("\"").append(between).append(":").append(between);
      members_[i].second.write(to, between);
      to += between;
    }
    to += opening_ == '{' ? '}' : ']';
  }

  char opening_ = 0;   // { or [; 0: a scalar
  std::string scalar_;
  std::vector<std::pair<std::string, json_text>> members_;
};

}  // namespace sekimori::testing
