#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/queue/open_cases.h"
#include "support/daemon.h"
#include "support/process.h"
#include "support/sign_in.h"

// How long a colleague waits for the worklist when ten thousand cases are open: the real daemon, one request
// at a time.
namespace {

using namespace softbot;

constexpr int open_cases = 10'000;
constexpr int requests_each = 400;
constexpr double limit_ms = 100;

/// A connection that stays open, as a browser's does.
class Client {
 public:
  explicit Client(const tests::HeaderLines& headers) {
    for (const std::string& line : headers) headers_ = curl_slist_append(headers_, line.c_str());
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers_);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &Client::take);
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &body_);
  }
  ~Client() {
    curl_easy_cleanup(curl_);
    curl_slist_free_all(headers_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// The body, and how long it took. Throws when the answer is not 200.
  double milliseconds_of(const std::string& url) {
    body_.clear();
    curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
    const auto start = std::chrono::steady_clock::now();
    const CURLcode code = curl_easy_perform(curl_);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK || status != 200)
      throw std::runtime_error("the daemon answers " + std::to_string(status) + ": " + body_.substr(0, 500));
    return took.count();
  }
  [[nodiscard]] const std::string& body() const { return body_; }

 private:
  static std::size_t take(char* bytes, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(bytes, size * count);
    return size * count;
  }
  CURL* curl_ = curl_easy_init();
  curl_slist* headers_ = nullptr;
  std::string body_;
};

/// Processor time that the daemon has used so far: what counts on a machine that does other things too.
double processor_milliseconds(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(file, text);
  std::istringstream fields(text.substr(text.rfind(')') + 2));  // the name before it may hold blanks
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) * 1000 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// Prints one line; gives the 99th percentile.
double measure(tests::Daemon& daemon, Client& client, const char* what, const std::string& url) {
  std::vector<double> times;
  const double before = processor_milliseconds(daemon.process().pid());
  for (int i = 0; i < requests_each; ++i) times.push_back(client.milliseconds_of(url));
  const double worked = (processor_milliseconds(daemon.process().pid()) - before) / requests_each;
  std::sort(times.begin(), times.end());
  const double p50 = times[times.size() / 2];
  const double p99 = times[times.size() * 99 / 100];
  std::printf("  %-42s p50 %6.1f ms   p99 %6.1f ms   %.2f of the limit; processor %5.1f ms each\n", what, p50,
              p99, p99 / limit_ms, worked);
  std::fflush(stdout);
  return p99;
}

/// The place behind so many pages of 500.
std::string place_behind(tests::Daemon& daemon, int pages) {
  std::string after;
  for (int i = 0; i < pages; ++i)
    after = daemon.get_as_machine("/api/v1/queue?limit=500&after=" + after).json()["next"].text_or_empty();
  if (after.empty()) throw std::runtime_error("the queue is shorter than it should be");
  return after;
}

double worst_of_the_api(tests::Daemon& daemon) {
  Client client({"Authorization: Bearer " + daemon.key()});
  const std::string queue = daemon.url() + "/api/v1/queue";
  double worst = 0;
  const auto add = [&](const char* what, const std::string& query) {
    worst = std::max(worst, measure(daemon, client, what, queue + query));
  };
  add("first page, 100 cases", "");
  add("by municipality and type", "?municipality=voorbeeld&type=household-help");
  add("by reason and team", "?reason=human-request&team=wmo");
  add("urgent or late", "?part=pressing");
  add("deep: behind 9,500 cases", "?after=" + place_behind(daemon, 19));
  return worst;
}

double worst_of_the_pages(tests::Daemon& daemon) {
  Client client(tests::sign_in(daemon, "cora", "demo-cora"));
  const std::string reference =
      daemon.get_as_machine("/api/v1/queue?limit=1&after=" + place_behind(daemon, 10))
          .json()["items"]
          .items()
          .front()["reference"]
          .text_or_empty();
  return std::max(measure(daemon, client, "page of the worklist, 50 cases", daemon.url() + "/staff"),
                  measure(daemon, client, "page of a case, with the way to the next",
                          daemon.url() + "/staff/zaak/" + reference));
}

std::string load_of_the_machine() {
  std::ifstream file("/proc/loadavg");
  std::string load;
  std::getline(file, load);
  return load;
}

int run() {
  const tests::TemporaryFolder folder;
  bench::fill_with_open_cases(folder.path() / "data", open_cases, "cora");
  tests::Daemon::Options options;
  options.data = folder.path() / "data";
  tests::Daemon daemon(options);
  std::printf("%d open cases, %d requests each, load of the machine %s; limit %.0f ms at p99\n", open_cases,
              requests_each, load_of_the_machine().c_str(), limit_ms);
  const double api = worst_of_the_api(daemon);
  const double pages = worst_of_the_pages(daemon);
  std::printf("worst p99 against the limit: %.2f (API), %.2f (pages)\n", api / limit_ms, pages / limit_ms);
  return api <= limit_ms ? 0 : 1;
}

}  // namespace

int main() {
  try {
    return run();
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "queue_bench: %s\n", problem.what());
    return 1;
  }
}
