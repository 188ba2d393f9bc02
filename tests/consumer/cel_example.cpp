// CEL alone in a C++ program: compiled against the public headers only, run as a test.
#include <iostream>
#include <sekimori/cel.hpp>
#include <span>
#include <string>

using namespace sekimori;

namespace {

// A record that this program has anyway. CEL reads it where it is: nothing is converted, nothing is copied.
struct request {
  std::string user;
  std::int64_t port;
};

class request_view final : public map_view {
 public:
  explicit request_view(const request& shown) : shown_(shown), entries_{{value::string("port"), value::integer(shown.port)}, {value::string("user"), value::string(shown.user)}} {}
  std::size_t size() const override { return 2; }
  bool find(value key, value& found) const override {
    if (!key.is(value_kind::string)) return false;
    if (key.as_text() == "port") found = value::integer(shown_.port);
    else if (key.as_text() == "user") found = value::string(shown_.user);
    else return false;
    return true;
  }
  const map_entry* entries() const override { return entries_; }

 private:
  const request& shown_;
  map_entry entries_[2];
};

value is_weekend(cel::call_context& context, std::span<const value>) { return value::boolean(*static_cast<const bool*>(context.host)); }

}  // namespace

int main() {
  // Five lines: declare, compile, bind, evaluate.
  cel::compiler plain;
  auto greeting = plain.variable("name", "string").compile("'hello, ' + name");
  cel::activation bound(*greeting);
  bound.set("name", value::string("Hana"));
  std::cout << cel::json_text(greeting->evaluate(bound)) << '\n';

  // Declared types, our own function, a host's object, many evaluations of one program.
  cel::compiler names;
  names.object({"Request", {{"user", "string"}, {"port", "int"}}}).variable("request", "Request").variable("allowed", "list(int)");
  names.use("strings").function("is_weekend", "() -> bool", is_weekend);
  auto rule = names.compile("request.port in allowed && !is_weekend() && request.user.lowerAscii() != 'root'", "bool", "rule.cel");
  if (!rule) {
    std::cerr << render(rule.diagnostics());
    return 2;
  }
  auto input = cel::document::parse("allowed.json", "[22, 443]");
  bool weekend = false;
  cel::activation with(*rule);
  with.set_host(&weekend);
  with.set("allowed", input->root());
  for (const request& one : {request{"hana", 443}, request{"Root", 443}, request{"hana", 80}}) {
    request_view view(one);
    with.set("request", value::map(&view));
    std::cout << one.user << ' ' << one.port << ": " << cel::json_text(rule->evaluate(with)) << '\n';
  }

  // What is not known yet stays open: the answer, the paths that decide, and what is left to ask.
  request unfinished{"hana", 0};
  request_view view(unfinished);
  with.set("request", value::map(&view));
  with.set_unknown("request.port");
  std::cout << cel::json_text(rule->evaluate(with)) << '\n' << rule->residual(with).text << '\n';

  // A mistake tells where it is and what was meant.
  auto wrong = names.compile("request.prot == 22");
  std::cout << wrong.diagnostics()[0].message << "; " << wrong.diagnostics()[0].help << '\n';
  return 0;
}
