// report: see fix_text.hpp.
#include "report/fix_text.hpp"

#include <algorithm>
#include <array>

namespace sekimori {
namespace {

struct cloud_label { std::string_view label, cloud; };
// A longer name stands before one that it begins with.
constexpr std::array<cloud_label, 8> cloud_labels = {
    {{"AWS", "aws"}, {"Azure", "azure"}, {"Google Cloud", "google"}, {"Google", "google"}, {"OCI", "oci"}, {"さくら", "sakura"}, {"Sakura", "sakura"}, {"Kubernetes", "kubernetes"}}};

// The label whose ": " ends before the text that follows it.
const cloud_label* label_at(std::string_view text, std::size_t at) {
  for (const cloud_label& one : cloud_labels) {
    if (text.substr(at).starts_with(one.label) && text.substr(at + one.label.size()).starts_with(": ")) return &one;
  }
  return nullptr;
}

std::string trimmed(std::string_view text) {
  for (bool more = true; more;) {
    more = false;
    for (std::string_view end : {" ", "、", "。", ",", ".", ";"}) {
      if (!text.ends_with(end)) continue;
      text.remove_suffix(end.size());
      more = true;
    }
  }
  return std::string(text);
}

std::string told_in(std::string_view text, const std::set<std::string>& clouds, std::string_view between, std::string_view stop) {
  const fix_parts parts = split_by_cloud(text);
  std::string made = parts.lead;
  for (const std::string& cloud : clouds) {
    const bool named = std::any_of(parts.clouds.begin(), parts.clouds.end(), [&](auto& one) { return one.cloud == cloud; });
    if (!named) return std::string(text);
  }
  bool first = true;
  for (auto& one : parts.clouds) {
    if (clouds.count(one.cloud) == 0) continue;
    made += (!first ? std::string(between) : made.empty() || stop == "。" ? "" : " ") + one.text;
    first = false;
  }
  return made + std::string(stop);
}

}  // namespace

fix_parts split_by_cloud(std::string_view text) {
  fix_parts made;
  std::size_t begun = 0;
  const cloud_label* in = nullptr;
  auto end_at = [&](std::size_t at) {
    const std::string_view part = text.substr(begun, at - begun);
    if (in != nullptr) made.clouds.push_back({std::string(in->cloud), trimmed(part)});
    else made.lead = std::string(part.substr(0, part.find_last_not_of(' ') + 1));
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const cloud_label* label = label_at(text, i);
    if (label == nullptr) continue;
    const std::string_view before = text.substr(0, i);
    bool apart = i == 0;
    for (std::string_view one : {"、", "。", ", ", ". ", "; "}) apart = apart || before.ends_with(one);
    if (!apart) return {};
    end_at(i);
    in = label;
    begun = i;
    i += label->label.size() + 1;
  }
  if (in == nullptr) return {};
  end_at(text.size());
  return made;
}

localized_text fix_for(const localized_text& fix, const std::set<std::string>& clouds) {
  const bool apart = !clouds.empty() && split_by_cloud(fix.ja).clouds.size() > 1 && split_by_cloud(fix.en).clouds.size() > 1;
  return apart ? localized_text{told_in(fix.ja, clouds, "。", "。"), told_in(fix.en, clouds, ". ", ".")} : fix;
}

}  // namespace sekimori
