#include "pipeline/template_pages.h"

#include <gmock/gmock.h>

#include <map>
#include <random>
#include <set>

#include "domain/paper.h"
#include "pipeline/staff_actions.h"
#include "pipeline/stages.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

const std::string version = "0123456789abcdef";

enum class Proven { no, yes };

/// The form of the world as a municipality's own, which the reader knows by a template.
FormTemplate own_form(const PaperWorld& world, Proven proven) {
  ReadingTemplate reading{world.geometry, {}, proven == Proven::yes};
  reading.pages.resize(world.geometry.pages.size());
  return {"templates/voorbeeld/small-aids.json", version, geometry_id(world.geometry), std::move(reading)};
}

void know_form(PaperWorld& world, Proven proven) {
  world.configuration->templates = {own_form(world, proven)};
}

/// Pages as the reader tells them that found them by a template.
std::vector<ReadPage> without_codes(std::vector<ReadPage> pages) {
  for (ReadPage& page : pages) page.code_of_softbot = false;
  return pages;
}

std::vector<ReadPage> joined(std::vector<ReadPage> first, const std::vector<ReadPage>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// A page without a code of which the reader says why it is no page of a template.
ReadPage page_with_problem(const std::string& problem) {
  ReadPage page;
  page.problem = problem;
  page.printed_text = "Aanvraag hulpmiddel";
  page.images.push_back({"image/png", "page", 10, 10});
  return page;
}

std::vector<Application> applications_of(PaperWorld& world, const std::string& scan) {
  std::vector<Application> all;
  for (const ApplicationReference& reference : world.scan(scan).applications)
    all.push_back(world.application(reference));
  return all;
}

TEST(AFormReadByATemplate, WaitsForALookAndIsGrantedAfterIt) {
  PaperWorld world;
  know_form(world, Proven::no);
  const std::string scan = world.receive(without_codes(world.filled_form("00000001")));
  world.work();
  EXPECT_EQ(world.reader.held_against.size(), 1U);
  const Application application = world.only_application(scan);
  EXPECT_EQ(application.type, "small-aids");
  EXPECT_EQ(application.municipality, "voorbeeld");
  EXPECT_EQ(application.status, ApplicationStatus::referred);
  EXPECT_THAT(codes_of(application.reasons), ElementsAre("form-by-template"));
  EXPECT_EQ(application.common["postcode"].text_or_empty(), "1234AB");
  EXPECT_EQ(application.signed_by, "form");
  EXPECT_EQ(application.paper["template"]["file"].text_or_empty(), "templates/voorbeeld/small-aids.json");
  EXPECT_EQ(application.paper["template"]["version"].text_or_empty(), version);
  ASSERT_TRUE(pipeline::correct(*world.services, world.consultant, application.reference, application.version,
                                {.confirmed = {"form-by-template"}}));
  world.work();
  EXPECT_EQ(world.application(application.reference).outcome, Outcome::granted);
}

TEST(AFormReadByAProvenTemplate, IsGrantedByTheBot) {
  PaperWorld world;
  know_form(world, Proven::yes);
  const std::string scan = world.receive(without_codes(world.filled_form("00000001")));
  world.work();
  const Application application = world.only_application(scan);
  EXPECT_EQ(application.outcome, Outcome::granted) << ::testing::PrintToString(codes_of(application.reasons));
  EXPECT_EQ(application.decided_by, DecidedBy::bot);
}

TEST(AFormReadByATemplate, IsNotProvenByWhatTheFileSaysLater) {
  PaperWorld world;
  know_form(world, Proven::no);
  const std::string scan = world.receive(without_codes(world.filled_form("00000001")));
  // read by the one, gathered after another took its place
  std::vector<Job> jobs;
  ASSERT_TRUE(world.home.store().write([&](Transaction& transaction) -> Result<void> {
    jobs = transaction.claim_jobs(1, world.home.clock.now(), std::chrono::seconds(60));
    return {};
  }));
  ASSERT_EQ(jobs.size(), 1U);
  ASSERT_TRUE(pipeline::run_job(*world.services, jobs.front()));
  world.configuration->templates = {own_form(world, Proven::yes)};
  world.configuration->templates.front().version = "fedcba9876543210";
  world.work();
  EXPECT_THAT(codes_of(world.only_application(scan).reasons), ElementsAre("form-by-template"));
}

TEST(TwoFormsWithoutCodesInOneFile, AreTwoApplicationsThatSomebodyLooksAt) {
  PaperWorld world;
  know_form(world, Proven::yes);
  const auto one = without_codes(world.filled_form("00000001"));
  const std::string scan = world.receive(joined(one, one));
  world.work();
  const auto applications = applications_of(world, scan);
  ASSERT_EQ(applications.size(), 2U);
  EXPECT_NE(applications[0].paper["set"], applications[1].paper["set"]);
  for (const Application& application : applications)
    EXPECT_THAT(codes_of(application.reasons), Contains("pages-by-order"));
}

TEST(AFormWithoutCodesThatLacksAPage, IsNotWaitedForAndAsksForThePage) {
  PaperWorld world;
  know_form(world, Proven::yes);
  auto pages = without_codes(world.filled_form("00000001"));
  pages.erase(pages.begin() + 1);
  const std::string scan = world.receive(pages);
  world.work();
  const Application application = world.only_application(scan);
  EXPECT_THAT(codes_of(paper::open_doubts(application)), ElementsAre("page-missing"));
  EXPECT_NE(application.outcome, Outcome::granted);
}

TEST(AFormOfAnotherMunicipalitysTemplate, GoesToAPersonWhoIsToldSo) {
  PaperWorld world;
  world.geometry.municipality = "molendam";
  know_form(world, Proven::yes);
  const std::string scan = world.receive(without_codes(world.filled_form("00000001")));
  world.work();
  const Application item = world.only_application(scan);
  EXPECT_EQ(item.type, "incoming-post");
  EXPECT_THAT(codes_of(item.reasons), ElementsAre("template-other-municipality"));
  EXPECT_TRUE(item.common.members().empty());
}

TEST(APageThatIsNearlyAForm, GoesToAPersonWhoIsToldSo) {
  for (const char* problem : {"two-ways", "other-edition"}) {
    PaperWorld world;
    know_form(world, Proven::yes);
    const std::string scan = world.receive({page_with_problem(problem)});
    world.work();
    EXPECT_THAT(codes_of(world.only_application(scan).reasons), Contains("resembles-form")) << problem;
  }
}

TEST(APageOfATemplateThatIsTooFarOff, IsNotRead) {
  PaperWorld world;
  know_form(world, Proven::yes);
  auto pages = without_codes(world.filled_form("00000001"));
  for (ReadPage& page : pages) page.problem = "residual";
  const std::string scan = world.receive(pages);
  world.work();
  EXPECT_EQ(world.only_application(scan).type, "incoming-post");
  EXPECT_THAT(codes_of(world.only_application(scan).reasons), Contains("resembles-form"));
}

TEST(ALetterWhereTemplatesAreKnown, IsALetterWithoutAForm) {
  for (const char* problem : {"no-fit", "no-time", "no-marks"}) {
    PaperWorld world;
    know_form(world, Proven::yes);
    const std::string scan = world.receive({page_with_problem(problem)});
    world.work();
    EXPECT_THAT(codes_of(world.only_application(scan).reasons), Contains("letter-without-form")) << problem;
  }
}

TEST(ACodeThatNamesATemplate, IsNoFormThatIsKnown) {
  PaperWorld world;
  know_form(world, Proven::yes);
  const std::string scan = world.receive(world.filled_form("00000001"));
  world.work();
  EXPECT_THAT(codes_of(world.only_application(scan).reasons), ElementsAre("unknown-form"));
}

TEST(Templates, OfTheScansMunicipalityComeFirst) {
  PaperWorld world;
  FormTemplate other = own_form(world, Proven::no);
  other.reading.geometry.municipality = "molendam";
  const auto list = pipeline::reading_templates({other, own_form(world, Proven::no)}, "voorbeeld");
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list.front().geometry.municipality, "voorbeeld");
}

/// Whatever lies in a file in whatever order: a set is of one form and holds no page twice, and nothing else
/// lies between its pages unless the file holds this form alone.
TEST(SetsOfPagesWithoutCodes, NeverMixForms) {
  const PaperWorld world;
  FormTemplate first = own_form(world, Proven::no);
  FormTemplate second = first;
  second.geometry = "00000002";
  const FormTemplates templates{first, second};
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    ReadFile file;
    const auto count = 1 + random() % 9;
    for (std::size_t i = 0; i < count; ++i) {
      ReadPage page;
      page.index = static_cast<int>(i);
      const auto sort = random() % 8;
      page.blank = sort == 0;
      if (sort > 1) {
        page.code.emplace();
        page.code->geometry = sort < 7 ? first.geometry : second.geometry;
        page.code->page = static_cast<int>(1 + random() % 3);
        page.code->pages = 3;
      }
      file.pages.push_back(std::move(page));
    }
    int drawn = 0;
    const ReadFile made = pipeline::with_template_sets(file, templates, "voorbeeld",
                                                       [&] { return "set-" + std::to_string(++drawn); });
    std::map<std::string, std::set<int>> numbers;
    std::map<std::string, std::string> forms;
    std::string last;
    for (const ReadPage& page : made.pages) {
      if (!page.code && !page.blank) last.clear();
      if (!page.code) continue;
      ASSERT_TRUE(numbers[page.code->set].insert(page.code->page).second) << "round " << round;
      const auto [form, is_new] = forms.emplace(page.code->set, page.code->geometry);
      ASSERT_EQ(form->second, page.code->geometry) << "round " << round;
      ASSERT_TRUE(is_new || last == page.code->set) << "round " << round;
      last = page.code->set;
    }
    ASSERT_EQ(static_cast<int>(numbers.size()), drawn) << "round " << round;
  }
}

}  // namespace
}  // namespace softbot::testing
