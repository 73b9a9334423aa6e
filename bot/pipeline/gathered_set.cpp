#include "pipeline/gathered_set.h"

#include <algorithm>

#include "pipeline/form_answers.h"
#include "pipeline/paper_stages.h"

namespace softbot::pipeline {
namespace {

/// The code without what differs from page to page.
std::string form_of(const PageCode& code) {
  PageCode form = code;
  form.page = 1;
  return to_text(form);
}

void note_earlier(const Value& page, std::vector<ApplicationReference>& earlier) {
  const std::string& reference = page["case"].text_or_empty();
  if (reference.empty()) return;
  const bool known = std::any_of(earlier.begin(), earlier.end(),
                                 [&](const ApplicationReference& one) { return one.text == reference; });
  if (!known) earlier.emplace_back(reference);
}

}  // namespace

const ReadPage& GatheredSet::read(const Page& page) const {
  return *page_at(scans[page.scan].read, page.index);
}

std::vector<int> ChosenPages::missing() const {
  std::vector<int> numbers;
  for (std::size_t i = 0; i < by_number.size(); ++i) {
    if (!by_number[i]) numbers.push_back(static_cast<int>(i) + 1);
  }
  return numbers;
}

Result<GatheredSet> find_set(const Services& services, const std::string& set) {
  std::vector<ScanRecord> records;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    records = transaction.scans_marked(set_mark(set));
    return {};
  });
  if (!read) return fail(read.error());
  GatheredSet gathered;
  gathered.set = set;
  for (const ScanRecord& record : records) {
    std::vector<int> waiting;
    for (const Value& page : record.pages.items()) {
      if (page["sort"].text_or_empty() != "form" || page["set"].text_or_empty() != set) continue;
      const std::string& where = page["where"].text_or_empty();
      if (where.empty()) gathered.template_version = page["template"].text_or_empty();
      if (where.empty()) waiting.push_back(static_cast<int>(page["index"].as_integer().value_or(0)));
      if (where == "case") note_earlier(page, gathered.earlier);
    }
    if (waiting.empty()) continue;
    auto opened = open_scan(services, record);
    if (!opened) return fail(opened.error());
    gathered.scans.push_back(std::move(*opened));
    for (const int index : waiting) {
      const ReadPage* page = page_at(gathered.scans.back().read, index);
      if (page == nullptr || !page->code)
        return fail(ErrorCode::damaged, "A page that was read of a scan is not there.");
      gathered.pages.push_back({gathered.scans.size() - 1, index});
    }
  }
  return gathered;
}

ChosenPages choose_pages(const GatheredSet& set) {
  ChosenPages chosen;
  if (set.pages.empty()) return chosen;
  const PageCode& first = *set.read(set.pages.front()).code;
  chosen.by_number.resize(static_cast<std::size_t>(std::max(1, first.pages)));
  for (const GatheredSet::Page& page : set.pages) {
    const ReadPage& read = set.read(page);
    if (form_of(*read.code) != form_of(first) || read.code->page < 1 || read.code->page > first.pages) {
      chosen.conflict = "pages-disagree";
      return chosen;
    }
    auto& place = chosen.by_number[static_cast<std::size_t>(read.code->page - 1)];
    if (!place) {
      place = page;
      continue;
    }
    const int better = better_of(set.read(*place), read);
    if (better < 0) {
      chosen.conflict = "page-twice";
      return chosen;
    }
    chosen.spare.push_back(better == 0 ? page : *place);
    if (better == 1) place = page;
  }
  return chosen;
}

std::vector<int> indices_in(const GatheredSet& set, std::size_t scan) {
  std::vector<int> indices;
  for (const GatheredSet::Page& page : set.pages) {
    if (page.scan == scan) indices.push_back(page.index);
  }
  return indices;
}

std::vector<int> all_indices_in(const GatheredSet& set, std::size_t scan) {
  std::vector<int> indices = indices_in(set, scan);
  const ScanRecord& record = set.scans[scan].record;
  if (has_one_form_alone(record)) {
    const std::vector<int> loose = loose_pages(record);
    indices.insert(indices.end(), loose.begin(), loose.end());
  }
  return indices;
}

}  // namespace softbot::pipeline
