// A register of persons with made-up people, for trying softbot without the real one:
//   demo-register --listen 127.0.0.1:8180 --file samples/register.json [--file MORE.json] [--key SECRET]
// Speaks "BRP API Personen" version 2 at http://HOST:PORT/haalcentraal/api/brp.

#include <charconv>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "demo_persons.h"
#include "http/server.h"
#include "ports/log.h"
#include "ports/metrics.h"

namespace {

constexpr int wrong_use = 64;  ///< EX_USAGE
constexpr int cannot_start = 1;

constexpr const char* usage =
    "Usage: demo-register --file FILE [--file FILE] [--listen HOST:PORT] [--key SECRET]\n"
    "  --file    people in the response format of BRP API Personen, test numbers only; may be given again\n"
    "  --listen  default 127.0.0.1:8180; port 0 takes any free one\n"
    "  --key     what header X-API-KEY must hold; default: no key\n";

struct Arguments {
  std::vector<std::string> files;
  std::string host = "127.0.0.1";
  std::uint16_t port = 8180;
  std::string key;
};

bool read_listen(std::string_view text, Arguments& arguments) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const auto digits = text.substr(colon + 1);
  arguments.host = text.substr(0, colon);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), arguments.port);
  return error == std::errc() && end == digits.data() + digits.size();
}

std::optional<Arguments> read_arguments(int count, char** values) {
  Arguments arguments;
  for (int index = 1; index + 1 < count; index += 2) {
    const std::string_view name = values[index];
    const std::string_view value = values[index + 1];
    if (name == "--file") {
      arguments.files.emplace_back(value);
    } else if (name == "--key") {
      arguments.key = value;
    } else if (name != "--listen" || !read_listen(value, arguments)) {
      return std::nullopt;
    }
  }
  if (count % 2 == 0 || arguments.files.empty()) return std::nullopt;
  return arguments;
}

softbot::Result<softbot::samples::DemoPersons> read_persons(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return softbot::fail(softbot::ErrorCode::configuration, path + ": cannot be read.");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return softbot::samples::demo_persons_from(text);
}

/// The people of all files; who is in an earlier one stays.
softbot::Result<softbot::samples::DemoPersons> read_all(const std::vector<std::string>& files) {
  softbot::samples::DemoPersons all;
  for (const std::string& file : files) {
    auto persons = read_persons(file);
    if (!persons) return persons;
    all.merge(*persons);
  }
  return all;
}

int serve(const Arguments& arguments) {
  auto persons = read_all(arguments.files);
  if (!persons) {
    std::fprintf(stderr, "demo-register: %s\n", persons.error().message.c_str());
    return cannot_start;
  }
  const auto count = persons->size();
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread starts, so that only sigwait sees them

  softbot::NullLog log;
  softbot::NullMetrics metrics;
  softbot::http::ServerOptions options;
  options.name = "demo-register";
  options.host = arguments.host;
  options.port = arguments.port;
  options.worker_threads = 4;
  softbot::http::Server server(
      std::move(options), softbot::samples::demo_register(*std::move(persons), arguments.key), log, metrics);
  if (const auto started = server.start(); !started) {
    std::fprintf(stderr, "demo-register: %s\n", started.error().message.c_str());
    return cannot_start;
  }
  std::printf("*** DEMO REGISTER: %zu made-up people. Never use it for real applications. ***\n", count);
  std::printf("listening on http://%s:%u/haalcentraal/api/brp\n", arguments.host.c_str(),
              unsigned{server.port()});
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  server.stop();
  return 0;
}

}  // namespace

int main(int count, char** values) {
  const auto arguments = read_arguments(count, values);
  if (!arguments) {
    std::fputs(usage, stderr);
    return wrong_use;
  }
  return serve(*arguments);
}
