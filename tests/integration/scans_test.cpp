#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <set>

#include "support/daemon.h"
#include "support/patience.h"

namespace softbot::tests {
namespace {

using testing::AnyOf;
using testing::Eq;
using testing::StartsWith;

/// One daemon for all tests of this file that leave it alone.
Daemon& daemon() {
  static Daemon shared;
  return shared;
}

/// Ends like a PDF and is none: it goes to a person, whoever tries to read it.
std::string broken_pdf(const std::string& content) {
  return "%PDF-1.7 no pages at all: " + content + "\n%%EOF\n";
}

HeaderLines headers_for(Daemon& to, const std::string& type) {
  return {"Authorization: Bearer " + to.key(), "Content-Type: " + type};
}

Answer upload(Daemon& to, const std::string& bytes, const std::string& type = "application/pdf") {
  return request("POST", to.url() + "/api/v1/scans", headers_for(to, type), bytes);
}

std::string first_id(const Answer& answer) {
  const Value body = answer.json();
  return body["scans"].items().empty() ? "" : body["scans"].items().front()["id"].text_or_empty();
}

/// Asks until something was made of the scan.
Value settled_scan(Daemon& of, const std::string& id) {
  Value scan;
  EXPECT_TRUE(comes_to_hold([&] {
    scan = of.get_as_machine("/api/v1/scans/" + id).json();
    return !scan["applications"].items().empty();
  }));
  return scan;
}

Value listed(Daemon& of) {
  return of.get_as_machine("/api/v1/scans?limit=500").json()["scans"];
}

TEST(AnUploadedScan, IsKeptAndWhatCannotBeReadIsAnItemForAPersonWithTheFile) {
  const std::string bytes = broken_pdf("one");
  const Answer answer = upload(daemon(), bytes);
  ASSERT_EQ(answer.status, 202) << answer.body;
  EXPECT_EQ(answer.header("location"), "/api/v1/scans/" + first_id(answer));
  const Value scan = settled_scan(daemon(), first_id(answer));
  ASSERT_EQ(scan["applications"].items().size(), 1U);
  const Value& item = scan["applications"].items().front();
  EXPECT_EQ(item["type"].text_or_empty(), "incoming-post");
  const std::string reference = item["reference"].text_or_empty();
  const Value view = daemon().get_as_machine("/api/v1/queue/" + reference).json();
  EXPECT_EQ(view["status"].text_or_empty(), "referred");
  ASSERT_EQ(view["documents"].items().size(), 1U);
  const std::string document = view["documents"].items().front()["id"].text_or_empty();
  const Answer file = daemon().get_as_machine("/api/v1/applications/" + reference + "/documents/" + document);
  EXPECT_EQ(file.body, bytes);
}

TEST(TheSameScanTwice, IsOneScan) {
  const Answer first = upload(daemon(), broken_pdf("twice"));
  const Answer second = upload(daemon(), broken_pdf("twice"));
  EXPECT_EQ(first_id(first), first_id(second));
  EXPECT_EQ(second.json()["scans"].items().front()["repeated"].as_bool(), true);
}

TEST(SeveralScansInOneForm, AreAllKept) {
  const std::string boundary = "----scans";
  std::string body;
  for (const char* name : {"a.pdf", "b.pdf"}) {
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
            "\"\r\nContent-Type: application/pdf\r\n\r\n" + broken_pdf(name) + "\r\n";
  }
  body += "--" + boundary + "--\r\n";
  const Answer answer = upload(daemon(), body, "multipart/form-data; boundary=" + boundary);
  ASSERT_EQ(answer.status, 202) << answer.body;
  EXPECT_EQ(answer.json()["scans"].items().size(), 2U);
}

TEST(AScanThatCannotBeTaken, IsRefusedWithWhatToDo) {
  EXPECT_EQ(upload(daemon(), "").status, 422);
  EXPECT_EQ(upload(daemon(), "PK\x03\x04 a spreadsheet", "application/zip").status, 415);
  EXPECT_EQ(request("POST", daemon().url() + "/api/v1/scans?received=2001-01-01",
                    headers_for(daemon(), "application/pdf"), broken_pdf("old"))
                .status,
            422);
  EXPECT_EQ(request("POST", daemon().url() + "/api/v1/scans?municipality=elders",
                    headers_for(daemon(), "application/pdf"), broken_pdf("elsewhere"))
                .status,
            422);
  EXPECT_EQ(request("POST", daemon().url() + "/api/v1/scans", {"Content-Type: application/pdf"},
                    broken_pdf("nobody"))
                .status,
            401);
}

TEST(TheSameKeyWithAnotherScan, IsRefused) {
  HeaderLines headers = headers_for(daemon(), "application/pdf");
  headers.emplace_back("Idempotency-Key: pile-7");
  EXPECT_EQ(request("POST", daemon().url() + "/api/v1/scans", headers, broken_pdf("key 1")).status, 202);
  EXPECT_EQ(request("POST", daemon().url() + "/api/v1/scans", headers, broken_pdf("key 1")).status, 202);
  EXPECT_THAT(request("POST", daemon().url() + "/api/v1/scans", headers, broken_pdf("key 2")).status,
              AnyOf(Eq(409), Eq(422)));
}

TEST(IncomingPost, IsLinkedToACaseAndClosed) {
  const Answer accepted = daemon().submit(toilet_raiser_for_zonneveld(), "scan-link", "none");
  const std::string reference = reference_in(accepted);
  static_cast<void>(daemon().settled(reference));
  const Value scan = settled_scan(daemon(), first_id(upload(daemon(), broken_pdf("to link"))));
  ASSERT_FALSE(scan["applications"].items().empty());
  const std::string item = scan["applications"].items().front()["reference"].text_or_empty();
  const Answer looked = daemon().get_as_machine("/api/v1/queue/" + item);
  const HeaderLines version{"If-Match: " + looked.header("etag")};
  const Answer linked =
      daemon().post_as_machine("/api/v1/queue/" + item + "/post/link",
                               Value::object({{"reference", reference}, {"kind", "complaint"}}), version);
  ASSERT_EQ(linked.status, 200) << linked.body;
  EXPECT_EQ(linked.json()["reference"].text_or_empty(), reference);
  const Answer again = daemon().post_as_machine("/api/v1/queue/" + item + "/post/close",
                                                Value::object({{"note", "gezien"}}), version);
  EXPECT_THAT(again.status, AnyOf(Eq(409), Eq(412))) << again.body;
}

TEST(TheScanFolder, BringsInWhatTheMailRoomDrops) {
  const auto folder = daemon().data() / "scans" / "in";
  std::ofstream(folder / "post.pdf", std::ios::binary) << broken_pdf("dropped");
  std::string id;
  ASSERT_TRUE(comes_to_hold([&] {
    const Value all = listed(daemon());
    for (const Value& scan : all.items()) {
      if (scan["source"].text_or_empty() == "folder") id = scan["id"].text_or_empty();
    }
    return !id.empty();
  }));
  EXPECT_EQ(settled_scan(daemon(), id)["applications"].items().size(), 1U);
  EXPECT_FALSE(std::filesystem::exists(folder / "post.pdf"));
}

/// How far the scans of one pile have come.
struct Pile {
  std::vector<std::filesystem::path> dropped;
  std::vector<std::string> uploaded;

  [[nodiscard]] bool has_one_taken_from_the_folder() const {
    return std::ranges::any_of(dropped, [](const auto& file) { return !std::filesystem::exists(file); });
  }
  [[nodiscard]] bool has_one_begun(Daemon& of) const {
    return std::ranges::any_of(uploaded, [&](const std::string& id) {
      return of.get_as_machine("/api/v1/scans/" + id).json()["state"].text_or_empty() != "waiting";
    });
  }
  [[nodiscard]] std::size_t in_the_queue(Daemon& of) const {
    return static_cast<std::size_t>(std::ranges::count_if(uploaded, [&](const std::string& id) {
      return !of.get_as_machine("/api/v1/scans/" + id).json()["applications"].items().empty();
    }));
  }
};

/// On the way from the folder to the queue.
struct Moment {
  const char* name;
  std::function<bool(Daemon&, const Pile&)> has_come;
};

const std::vector<Moment>& moments() {
  static const std::vector<Moment> all{
      {"all are here", [](Daemon&, const Pile&) { return true; }},
      {"one is taken out of the folder",
       [](Daemon&, const Pile& pile) { return pile.has_one_taken_from_the_folder(); }},
      {"one is begun", [](Daemon& of, const Pile& pile) { return pile.has_one_begun(of); }},
      {"one is in the queue", [](Daemon& of, const Pile& pile) { return pile.in_the_queue(of) > 0; }},
      {"all that were uploaded are in the queue",
       [](Daemon& of, const Pile& pile) { return pile.in_the_queue(of) == pile.uploaded.size(); }},
  };
  return all;
}

constexpr int scans_per_kill = 4;

Pile pile_for(Daemon& to, const std::string& name) {
  Pile pile;
  for (int i = 0; i < scans_per_kill; ++i) {
    const std::string each = name + " " + std::to_string(i);
    pile.dropped.push_back(to.data() / "scans" / "in" / (each + ".pdf"));
    std::ofstream(pile.dropped.back(), std::ios::binary) << broken_pdf("folder " + each);
    const Answer answer = upload(to, broken_pdf("upload " + each));
    EXPECT_EQ(answer.status, 202) << answer.body;
    pile.uploaded.push_back(first_id(answer));
  }
  return pile;
}

TEST(KilledWhileScansComeIn, HasEachOfThemOnceAndEachInTheQueueOnce) {
  Daemon killed;
  std::set<std::string> acknowledged;
  for (const Moment& moment : moments()) {
    const Pile pile = pile_for(killed, moment.name);
    acknowledged.insert(pile.uploaded.begin(), pile.uploaded.end());
    EXPECT_TRUE(comes_to_hold([&] { return moment.has_come(killed, pile); })) << moment.name;
    killed.kill();
    killed.start();
  }
  const std::size_t wanted = 2 * scans_per_kill * moments().size();
  std::map<std::string, std::size_t> items;
  EXPECT_TRUE(comes_to_hold([&] {
    items.clear();
    const Value all = listed(killed);
    for (const Value& scan : all.items())
      items[scan["id"].text_or_empty()] = scan["applications"].items().size();
    std::size_t done = 0;
    for (const auto& [id, count] : items) done += count > 0 ? 1 : 0;
    return items.size() >= wanted && done == items.size();
  }));
  EXPECT_EQ(items.size(), wanted);
  for (const std::string& id : acknowledged) EXPECT_TRUE(items.contains(id));
  for (const auto& [id, count] : items) EXPECT_EQ(count, 1U);
  const Value queue = killed.get_as_machine("/api/v1/queue?type=incoming-post&limit=500").json();
  EXPECT_EQ(queue["total"].as_integer(), static_cast<std::int64_t>(wanted));
}

}  // namespace
}  // namespace softbot::tests
