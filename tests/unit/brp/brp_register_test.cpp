#include "adapters/brp/brp_register.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <future>
#include <iterator>
#include <mutex>
#include <thread>
#include <vector>

#include "domain/date.h"
#include "domain/json.h"
#include "http/server.h"
#include "policy/register_check.h"
#include "ports/log.h"
#include "ports/metrics.h"
#include "samples/demo_persons.h"
#include "support/checkout.h"

namespace softbot {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string register_file() {
  std::ifstream file(checkout() / "samples/register.json", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

samples::DemoPersons demo_people() {
  auto persons = samples::demo_persons_from(register_file());
  if (!persons) throw std::runtime_error(persons.error().message);
  return *std::move(persons);
}

/// A server on a free port of this machine while it lives.
class Listening {
 public:
  explicit Listening(http::Router router) : server_(options(), std::move(router), log_, metrics_) {
    if (const auto started = server_.start(); !started) throw std::runtime_error(started.error().message);
  }
  [[nodiscard]] std::string base() const {
    return "http://127.0.0.1:" + std::to_string(server_.port()) + "/haalcentraal/api/brp";
  }

 private:
  static http::ServerOptions options() {
    http::ServerOptions options;
    options.port = 0;
    options.worker_threads = 4;
    options.timeouts.drain = std::chrono::milliseconds(100);
    return options;
  }
  NullLog log_;
  NullMetrics metrics_;
  http::Server server_;
};

/// A register that always answers the same and remembers what it was asked.
struct Recorder {
  http::Response answer = http::json_response(200, Value::object({{"personen", Value::list()}}));
  std::shared_future<void> until;  ///< answers when this has come, if it is anything
  std::mutex mutex;
  std::vector<http::Request> requests;

  http::Router router() {
    http::Router made;
    made.add({.method = http::Method::post,
              .pattern = "/haalcentraal/api/brp/personen",
              .handler = [this](const http::Request& request, const http::PathParameters&) {
                if (until.valid()) until.wait_for(std::chrono::minutes(1));
                const std::scoped_lock lock(mutex);
                requests.push_back(request);
                return answer;
              }});
    return made;
  }
};

BrpOptions options_for(const std::string& base) {
  BrpOptions options;
  options.base_url = base;
  options.purpose = "BRPACT-Wmo";
  options.processing = "Aanvraag Wmo";
  return options;
}

Error error_of(const BrpOptions& options) {
  BrpRegister persons(options);
  const auto found = persons.find("999900006");
  if (found) throw std::runtime_error("an answer");
  EXPECT_THAT(found.error().message, Not(HasSubstr("999900006")));
  return found.error();
}

Error error_for(int status, std::string body = "{}") {
  Recorder recorder;
  recorder.answer = http::text_response(status, std::move(body));
  const Listening server(recorder.router());
  return error_of(options_for(server.base()));
}

TEST(BrpRegister, finds_the_people_of_the_demo_register) {
  const Listening server(samples::demo_register(demo_people(), ""));
  BrpRegister persons(options_for(server.base()));
  const auto anna = persons.find("999900006");
  ASSERT_TRUE(anna) << anna.error().message;
  ASSERT_TRUE(*anna);
  EXPECT_EQ((*anna)->surname, "Zonneveld");
  EXPECT_EQ((*anna)->municipality_code, "9901");
  EXPECT_EQ((*anna)->address, (Address{"Dorpsstraat", "12", "A", "1234AB", "Voorbeeld"}));

  const auto nobody = persons.find("999999990");
  ASSERT_TRUE(nobody);
  EXPECT_FALSE(*nobody);
}

TEST(BrpRegister, shows_every_reason_to_refer_in_the_demo_register) {
  const Listening server(samples::demo_register(demo_people(), ""));
  BrpRegister persons(options_for(server.base()));
  const auto today = *parse_iso_date("2026-11-21");
  std::map<std::string, int> seen;
  for (const auto& [bsn, source] : demo_people()) {
    const auto person = persons.find(bsn);
    ASSERT_TRUE(person && *person) << bsn;
    auto answers = Value::object({{"bsn", bsn}, {"birthName", (*person)->surname}});
    if ((*person)->birth_date) answers.set("birthDate", format_iso(*(*person)->birth_date));
    if ((*person)->address) {
      answers.set("postcode", (*person)->address->postcode);
      answers.set("houseNumber", (*person)->address->house_number);
      answers.set("houseNumberAddition", (*person)->address->house_number_addition);
    }
    const auto findings =
        check_register(answers, *person, today, (*person)->municipality_code == "9902" ? "9902" : "9901");
    for (const auto& reason : findings.blocking) ++seen[reason.code];
    if (findings.clear()) ++seen["clear"];
  }
  EXPECT_GE(seen["clear"], 15);
  for (const char* code : {"register-deceased", "register-emigrated", "register-secret-address",
                           "register-minor", "register-address-under-investigation", "register-suspended",
                           "register-other-municipality", "register-no-address", "register-data-differs"}) {
    EXPECT_GE(seen[code], 1) << code;
  }
}

TEST(BrpRegister, says_purpose_and_key_and_keeps_the_number_out_of_the_address) {
  Recorder recorder;
  const Listening server(recorder.router());
  auto options = options_for(server.base() + "/");
  options.key = "secret";
  BrpRegister persons(options);
  ASSERT_TRUE(persons.find("999900006"));
  ASSERT_EQ(recorder.requests.size(), 1U);
  const auto& request = recorder.requests.front();
  EXPECT_EQ(request.path, "/haalcentraal/api/brp/personen");
  EXPECT_TRUE(request.query.pairs().empty());
  EXPECT_EQ(request.headers.get("x-doelbinding"), "BRPACT-Wmo");
  EXPECT_EQ(request.headers.get("x-verwerking"), "Aanvraag Wmo");
  EXPECT_EQ(request.headers.get("X-API-KEY"), "secret");
  EXPECT_EQ(request.content_type(), "application/json");
  for (std::size_t index = 0; index < request.headers.size(); ++index) {
    EXPECT_THAT(std::string(request.headers.at(index).value), Not(HasSubstr("999900006")));
  }
  const auto body = parse_json(request.body);
  ASSERT_TRUE(body);
  EXPECT_EQ((*body)["burgerservicenummer"].items().front().text_or_empty(), "999900006");
}

TEST(BrpRegister, does_not_ask_about_what_is_no_number) {
  Recorder recorder;
  const Listening server(recorder.router());
  BrpRegister persons(options_for(server.base()));
  for (const char* wrong : {"", "99990000", "9999000066", "99990000a", "999900006\"]"}) {
    EXPECT_EQ(persons.find(wrong).error().code, ErrorCode::invalid_input) << wrong;
  }
  EXPECT_TRUE(recorder.requests.empty());
}

TEST(BrpRegister, tells_a_refusal_from_a_failure) {
  for (const int status : {401, 403, 400, 404, 302}) {
    EXPECT_EQ(error_for(status).code, ErrorCode::configuration) << status;
    EXPECT_FALSE(error_for(status).retryable) << status;
  }
  for (const int status : {429, 500, 502, 503}) {
    EXPECT_EQ(error_for(status).code, ErrorCode::unavailable) << status;
    EXPECT_TRUE(error_for(status).retryable) << status;
  }
}

TEST(BrpRegister, takes_an_answer_that_is_not_of_the_standard_as_no_answer) {
  for (const char* body : {"", "<html>", "[]", "{}", R"({"personen":1})"}) {
    EXPECT_EQ(error_for(200, body).code, ErrorCode::unavailable) << body;
  }
}

TEST(BrpRegister, takes_an_answer_that_is_too_large_as_no_answer) {
  Recorder recorder;
  recorder.answer = http::text_response(200, std::string(100'000, ' '));
  const Listening server(recorder.router());
  auto options = options_for(server.base());
  options.max_answer_bytes = 50'000;
  EXPECT_EQ(error_of(options).code, ErrorCode::unavailable);
}

TEST(BrpRegister, does_not_wait_longer_than_it_may) {
  Recorder recorder;
  std::promise<void> is_over;
  recorder.until = is_over.get_future().share();
  const Listening server(recorder.router());
  auto options = options_for(server.base());
  options.timeout = std::chrono::milliseconds(100);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(error_of(options).code, ErrorCode::unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  is_over.set_value();
}

TEST(BrpRegister, is_unavailable_when_nobody_listens_and_wrong_when_the_address_is_none) {
  std::string base;
  {
    const Listening server(samples::demo_register(demo_people(), ""));
    base = server.base();
  }
  EXPECT_EQ(error_of(options_for(base)).code, ErrorCode::unavailable);
  EXPECT_EQ(error_of(options_for("ftp://127.0.0.1/brp")).code, ErrorCode::configuration);
  EXPECT_EQ(error_of(options_for("http://[::1")).code, ErrorCode::configuration);
}

TEST(BrpRegister, needs_the_key_that_the_register_wants) {
  const Listening server(samples::demo_register(demo_people(), "secret"));
  auto options = options_for(server.base());
  EXPECT_EQ(error_of(options).code, ErrorCode::configuration);
  options.key = "secret";
  BrpRegister persons(options);
  EXPECT_TRUE(persons.find("999900006"));
}

TEST(BrpRegister, refuses_a_header_that_would_become_two) {
  auto options = options_for("http://127.0.0.1:1");
  options.key = "a\r\nx: y";
  EXPECT_THROW(BrpRegister{options}, std::invalid_argument);
}

TEST(BrpRegister, answers_many_threads_at_once) {
  const Listening server(samples::demo_register(demo_people(), ""));
  BrpRegister persons(options_for(server.base()));
  std::atomic<int> right = 0;
  std::vector<std::jthread> threads;
  for (const char* bsn : {"999900006", "999900407", "999900821", "999901229"}) {
    threads.emplace_back([&, bsn] {
      for (int question = 0; question < 25; ++question) {
        const auto person = persons.find(bsn);
        if (person && *person && (*person)->bsn == bsn) ++right;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(right, 100);
}

TEST(DemoRegister, holds_test_numbers_only) {
  EXPECT_GE(demo_people().size(), 25U);
  const auto message = [](const char* json) {
    const auto persons = samples::demo_persons_from(json);
    return persons ? std::string() : persons.error().message;
  };
  EXPECT_THAT(message(R"({"personen":[{"burgerservicenummer":"123456782"}]})"), HasSubstr("no test number"));
  EXPECT_THAT(
      message(R"({"personen":[{"burgerservicenummer":"999900006"},{"burgerservicenummer":"999900006"}]})"),
      HasSubstr("twice"));
  EXPECT_THAT(message(R"({"personen":[]})"), HasSubstr("personen"));
  EXPECT_THAT(message("{"), HasSubstr("demo register"));
}

TEST(DemoRegister, gives_no_more_than_was_asked_for_and_what_comes_by_itself) {
  const auto person = *parse_json(
      R"({"burgerservicenummer":"999900006","geslacht":{"code":"V"},"naam":{"voorletters":"A.","geslachtsnaam":"B"},
          "partners":[{"naam":{"geslachtsnaam":"C","voornamen":"D"}}],"geheimhoudingPersoonsgegevens":true,
          "verblijfplaats":{"type":"Adres","verblijfadres":{"huisnummer":1},"datumVan":{},"inOnderzoek":{"type":true}}})");
  EXPECT_EQ(
      to_json(samples::only_fields(
          person, {"naam.geslachtsnaam", "partners.naam.geslachtsnaam", "verblijfplaats.verblijfadres"})),
      R"({"naam":{"geslachtsnaam":"B"},"partners":[{"naam":{"geslachtsnaam":"C"}}],"geheimhoudingPersoonsgegevens":true,)"
      R"("verblijfplaats":{"type":"Adres","verblijfadres":{"huisnummer":1},"inOnderzoek":{"type":true}}})");
}

}  // namespace
}  // namespace softbot
