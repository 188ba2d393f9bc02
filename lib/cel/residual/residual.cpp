// cel: from an expression and what is known of its variables to what is left. Entry point: residual_of.
#include "cel/residual.hpp"

#include "cel/residual/reducer.hpp"

namespace sekimori::cel {

namespace {

// Trees higher than this are not walked: forms moved into each other can grow, whatever the source.
constexpr std::uint32_t highest = 500;

compiled_ptr compile(const environment& names, const std::string& text) {
  auto made = names.compile(plain_text(text, "<residual>"));
  return made.ok() ? made.value() : nullptr;
}

struct attempt {
  bool usable = false;
  bool open = false;              // something is left
  bool met_sensitive = false;
  value found;
  compiled_ptr program;
  std::string text;
};

class work {
 public:
  work(const environment& names, const compiled& program, std::span<const value> variables, evaluator& run, const residual_options& options)
      : names_(names), program_(program), variables_(variables), run_(run), options_(options) {}

  attempt reduce(care taken, bool hide) {
    arena own;
    forms made(options_.texts != nullptr ? options_.texts->fresh_memory() : own);
    reducer all(names_, program_, variables_, run_, made, taken, hide, options_);
    const outcome whole = all.reduce(*program_.root, options_.condition);
    attempt done;
    done.met_sensitive = all.met_sensitive();
    if (all.failed()) return done;
    done.found = whole.found;
    done.open = is_open(whole.found);
    done.usable = !done.open;
    // A secret may be in what is not hidden: nothing is written of it.
    if (!done.open || (done.met_sensitive && !hide)) return done;
    const expression& form = *all.form_of(whole);
    if (made.of(form).unsaid || made.of(form).size > options_.nodes || made.of(form).height > highest) return done;
    const expression* tree = written(names_, made, form, options_.nodes);
    if (tree == nullptr) return done;
    // The text of a checked tree would not do: checking takes the leading dots from names of types.
    done.text = unparse(*tree);
    if (options_.texts == nullptr) done.program = compile(names_, done.text);
    done.usable = options_.texts != nullptr ? options_.texts->compiles(names_, done.text) : done.program != nullptr;
    return done;
  }

 private:
  bool is_open(value found) const {
    if (found.is_unknown()) return true;
    if (found.is_error()) return false;
    const contents inside = contents_of(found, names_, run_, program_);
    return inside.unknown || inside.unsure;
  }

  const environment& names_;
  const compiled& program_;
  std::span<const value> variables_;
  evaluator& run_;
  const residual_options& options_;
};

}  // namespace

bool residual_texts::compiles(const environment& names, const std::string& text) {
  if (auto known = known_.find(text); known != known_.end()) return known->second;
  if (known_.size() >= most) known_.clear();
  return known_[text] = compile(names, text) != nullptr;
}

residual residual_of(const environment& names, const compiled_ptr& program, std::span<const value> variables, evaluator& run,
                     residual_options options) {
  // The answer first: a limit is one, and most expressions have one.
  const value answer = run.evaluate(*program, variables);
  if (answer.is_error() && answer.as_error().code == evaluation_error_code::limit) return {answer, nullptr, {}};
  work left(names, *program, variables, run, options);
  attempt done;
  bool hide = false;
  for (care taken : {care::terse, care::typed}) {
    done = left.reduce(taken, hide);
    if (done.open && done.met_sensitive && !hide) {
      hide = true;
      done = left.reduce(taken, hide);
    }
    if (done.usable) break;
  }
  if (done.usable && !done.open) {
    const value known = answer.is_unknown() ? done.found : answer;
    return {known.marked_sensitive(known.sensitive() || done.met_sensitive), nullptr, {}};
  }
  const value open = make_unknown(run.memory(), {}, {}, unknown_reason::computed);
  const value unknown = answer.is_unknown() ? answer : open;
  if (!done.usable && options.definitions != nullptr) return {unknown, nullptr, {}};
  if (!done.usable) return {unknown, program, program->text.text};
  return {unknown, done.program, done.text};
}

}  // namespace sekimori::cel
