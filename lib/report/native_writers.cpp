// report: the native JSON as one document and in lines. Entry points: report_writer, render_native, render_lines. The
// first and the last line hold the members of the report, and the lines between them its findings.
#include "report/formats.hpp"
#include "report/native.hpp"
#include "report/outline.hpp"
#include "report/text_blocks.hpp"

namespace sekimori {

namespace {

constexpr auto one_line = json_writer::layout::one_line, indented = json_writer::layout::indented;

void write_first_line(json_writer& out, const report& known) {
  out.begin_object();
  write_opening(out);
  write_time(out, known);
  write_policy(out, known.policy);
  write_rules(out, *known.rules);
  out.end_object();
}

void write_last_line(json_writer& out, const report& made) {
  out.begin_object();
  out.texts("stage", stages_of(made));
  write_cautions(out, made);
  write_outcome(out, made);
  write_baseline(out, made);
  write_inputs(out, made.inputs);
  write_summary(out, made.summary);
  write_scopes(out, made.scopes);
  write_waivers(out, made.waivers);
  write_diagnostics(out, made.diagnostics);
  out.end_object();
}

// The document up to its findings, and from them on.
void begin_document(json_writer& out, const report& made) {
  out.begin_object();
  write_opening(out);
  out.texts("stage", stages_of(made));
  write_time(out, made);
  write_cautions(out, made);
  write_outcome(out, made);
  write_baseline(out, made);
  write_policy(out, made.policy);
  write_inputs(out, made.inputs);
  write_summary(out, made.summary);
  write_rules(out, *made.rules);
  write_scopes(out, made.scopes);
  write_waivers(out, made.waivers);
  out.begin_array("findings");
}

void end_document(json_writer& out, const report& made) {
  out.end_array();
  write_diagnostics(out, made.diagnostics);
  out.end_object();
}

class line_writer final : public finding_sink {
 public:
  line_writer(text_blocks::write on, void* to) : text_(on, to), out_(text_, one_line), words_(one_line) {}
  void begin(const report& known) override { write_first_line(out_, known); }
  void take(const finding& next) override { write_finding(out_, next, words_.of(next)); }
  void end(const report& made) override {
    write_last_line(out_, made);
    text_.finish();
  }

 private:
  text_blocks text_;
  json_writer out_;
  written_words words_;
};

// What stands before the findings is known when they are: their text is kept, they are not.
class document_writer final : public finding_sink {
 public:
  document_writer(text_blocks::write on, void* to) : on_(on), to_(to), out_(findings_, 2, indented, json_writer::place::first), words_(indented) {}
  void begin(const report&) override {}
  void take(const finding& next) override { write_finding(out_, next, words_.of(next)); }
  void end(const report& made) override {
    text_blocks rest(on_, to_);
    json_writer out(rest, indented);
    begin_document(out, made);
    if (!findings_.empty()) {
      rest.finish();
      findings_.each(on_, to_);
      out.wrote_values();
    }
    end_document(out, made);
    rest.finish();
  }

 private:
  text_blocks::write on_;
  void* to_;
  text_blocks findings_;
  json_writer out_;
  written_words words_;
};

}  // namespace

std::unique_ptr<finding_sink> report_writer(std::string_view format, text_blocks::write on, void* to) {
  if (format == "ndjson") return std::make_unique<line_writer>(on, to);
  if (format == "json") return std::make_unique<document_writer>(on, to);
  return nullptr;
}

std::string render_lines(const report& shown) {
  text_blocks text;
  json_writer out(text, one_line);
  written_words words(one_line);
  write_first_line(out, shown);
  for (const finding& found : shown.findings) write_finding(out, found, words.of(found));
  write_last_line(out, shown);
  return text.whole();
}

std::string render_native(const report& shown) {
  text_blocks text;
  json_writer out(text, indented);
  written_words words(indented);
  begin_document(out, shown);
  for (const finding& found : shown.findings) write_finding(out, found, words.of(found));
  end_document(out, shown);
  return text.whole();
}

}  // namespace sekimori
