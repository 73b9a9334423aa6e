#include "support/sign_in.h"

namespace softbot::tests {

HeaderLines sign_in(const Daemon& daemon, const std::string& account, const std::string& password) {
  const Answer signed_in =
      daemon.post("/api/v1/session", Value::object({{"account", account}, {"password", password}}));
  const std::string set = signed_in.header("set-cookie");
  const std::string cookie = "Cookie: " + set.substr(0, set.find(';'));
  const Value session = daemon.get("/api/v1/session", {cookie}).json();
  return {cookie, "X-CSRF-Token: " + session["csrf"].text_or_empty()};
}

}  // namespace softbot::tests
