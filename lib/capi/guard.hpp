// capi: keeps exceptions on our side of the C ABI. Entry points: guard, fail. Every exported function
// that can fail is one call to guard.
#pragma once

#include <exception>
#include <new>
#include <string>
#include <vector>

#include "sekimori/diagnostic.hpp"
#include "sekimori/sekimori.h"

struct skm_error {
  skm_status status = SKM_OK;
  std::vector<sekimori::diagnostic> diagnostics;
  std::string text;
};

namespace sekimori::capi {

// Stores an error where the caller wants one; gives the status back.
inline skm_status fail(skm_error** error, skm_status status, std::vector<diagnostic> diagnostics) noexcept {
  if (error == nullptr) return status;
  *error = nullptr;
  try {
    auto* made = new skm_error;
    made->status = status;
    made->diagnostics = std::move(diagnostics);
    made->text = render(made->diagnostics);
    *error = made;
  } catch (...) {
    // No memory for the error object: the status says it.
  }
  return status;
}

inline skm_status fail(skm_error** error, skm_status status, const char* message) noexcept {
  try {
    diagnostic made;
    made.code = "SKM001";
    made.message = message;
    return fail(error, status, std::vector<diagnostic>{made});
  } catch (...) {
    return fail(error, status, std::vector<diagnostic>{});
  }
}

template <class Body>
skm_status guard(skm_error** error, Body&& body) noexcept {
  if (error != nullptr) *error = nullptr;
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return fail(error, SKM_ERR_MEMORY, "out of memory");
  } catch (const std::exception&) {
    return fail(error, SKM_ERR_INTERNAL, "the library failed; please report it");
  } catch (...) {
    return fail(error, SKM_ERR_INTERNAL, "the library failed; please report it");
  }
}

}  // namespace sekimori::capi
