// cli: see load_model.hpp.
#include "load_model.hpp"

#include "commands.hpp"

namespace sekimori::cli {

rules::model_ptr load_model(const std::vector<std::string>& paths, rules::wanted_documents wanted) {
  auto loaded = rules::load_documents(paths, wanted);
  print_diagnostics(loaded.diagnostics());
  if (!loaded) return nullptr;
  auto model = rules::check_documents(std::make_shared<const rules::loaded_documents>(std::move(loaded).value()));
  print_diagnostics(model.diagnostics());
  return model ? model.value() : nullptr;
}

}  // namespace sekimori::cli
