#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "http/api/access.h"
#include "http/router.h"
#include "unit/pipeline/paper_world.h"
#include "web/pages.h"

namespace softbot::testing {

/// A colleague at a screen: asks for pages and posts forms, as a browser without JavaScript does.
class Desk {
 public:
  /// `roles`: bits of http::role.
  Desk(PaperWorld& world, std::string account, std::uint64_t roles);

  [[nodiscard]] http::Response get(const std::string& target);
  using Fields = std::vector<std::pair<std::string, std::string>>;
  [[nodiscard]] http::Response post(const std::string& target, const Fields& fields);
  struct File {
    std::string name;
    std::string bytes;
  };
  [[nodiscard]] http::Response upload(const std::string& target, const Fields& fields,
                                      const std::vector<File>& files);

  std::vector<std::string> municipalities = {};  ///< that they work for; empty: all

 private:
  http::Response send(http::Method method, const std::string& target, std::string type, std::string body);

  std::string account_;
  std::uint64_t roles_;
  http::Gatekeeper gatekeeper_;
  std::unique_ptr<http::Router> router_;
};

/// Who looked at what for this case, as the audit has it: "cora: scan bekijken".
[[nodiscard]] std::vector<std::string> looks_at(PaperWorld& world, const Application& application);

/// The value of the first input with this name in a page.
[[nodiscard]] std::string input_value(const http::Response& page, const std::string& name);

}  // namespace softbot::testing
