#include "bench/offered_load.h"

#include <curl/curl.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

#include "domain/json.h"
#include "support/crowd.h"

namespace softbot::bench {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t connections = 16;

std::string story(std::size_t length) {
  static const std::string sentence =
      "Ik kom moeilijk overeind en bukken gaat niet meer. Mijn dochter helpt als zij kan. ";
  std::string text;
  while (text.size() < length) text += sentence;
  text.resize(length);
  return text;
}

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* target) {
  static_cast<std::string*>(target)->append(data, size * count);
  return size * count;
}

/// One connection that stays open.
class Connection {
 public:
  Connection(const std::string& url, const std::string& key)
      : curl_(curl_easy_init(), curl_easy_cleanup), url_(url), key_(key) {}

  /// The reference of what was acknowledged, or "".
  std::string send(const std::string& body, const std::string& idempotency_key) {
    curl_slist* list = curl_slist_append(nullptr, "Content-Type: application/json");
    for (const std::string& line :
         {"Authorization: Bearer " + key_, "Idempotency-Key: " + idempotency_key, std::string("Expect:")}) {
      list = curl_slist_append(list, line.c_str());
    }
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> lines(list, curl_slist_free_all);
    tests::Answer answer;
    curl_easy_setopt(curl_.get(), CURLOPT_URL, url_.c_str());
    curl_easy_setopt(curl_.get(), CURLOPT_HTTPHEADER, lines.get());
    curl_easy_setopt(curl_.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(curl_.get(), CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl_.get(), CURLOPT_TIMEOUT_MS, 10'000L);
    curl_easy_setopt(curl_.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl_.get(), CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl_.get(), CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl_.get(), CURLOPT_WRITEDATA, &answer.body);
    if (curl_easy_perform(curl_.get()) != CURLE_OK) return {};
    return tests::reference_in(answer);
  }

 private:
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_;
  std::string url_;
  std::string key_;
};

}  // namespace

Bodies::Bodies(std::size_t count) {
  const auto residents = tests::crowd(count);
  for (std::size_t i = 0; i < residents.size(); ++i) {
    Value submission = i % 2 == 0 ? tests::household_help_for(residents[i], story(1'200))
                                  : tests::toilet_raiser_for(residents[i], story(1'200));
    submission = tests::with_answer(std::move(submission), "common.remarks", story(800));
    submission.set("identityAssurance", "digid");
    bodies_.push_back(to_json(submission));
  }
}

std::vector<std::string> Bodies::take(std::size_t count) {
  const std::size_t end = std::min(next_ + count, bodies_.size());
  std::vector<std::string> taken(bodies_.begin() + static_cast<std::ptrdiff_t>(next_),
                                 bodies_.begin() + static_cast<std::ptrdiff_t>(end));
  next_ = end;
  return taken;
}

Offered offer(tests::Daemon& daemon, const std::vector<std::string>& bodies, double per_second) {
  static std::atomic<int> runs = 0;
  const std::string run = "offered-" + std::to_string(++runs) + "-";
  const std::string key = daemon.key();
  const auto begin = steady_clock::now();
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  Offered offered;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < connections; ++i) {
    threads.emplace_back([&] {
      Connection connection(daemon.url() + "/api/v1/submissions", key);
      for (std::size_t index = next++; index < bodies.size(); index = next++) {
        if (per_second > 0) {
          const std::chrono::duration<double> due(static_cast<double>(index) / per_second);
          std::this_thread::sleep_until(begin + std::chrono::duration_cast<steady_clock::duration>(due));
        }
        std::string reference = connection.send(bodies[index], run + std::to_string(index));
        const std::lock_guard lock(mutex);
        if (reference.empty()) {
          ++offered.refused;
        } else {
          offered.references.push_back(std::move(reference));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  offered.seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
  return offered;
}

}  // namespace softbot::bench
