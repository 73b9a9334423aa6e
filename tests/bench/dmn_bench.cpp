#include <sched.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "dmn/dmn.h"
#include "domain/json.h"
#include "policy/dmn_values.h"

// Measures the DMN engine beside `@gorules/zen-engine` and `feelin` in one run, on one core: the shipped
// policy of household help and tables of up to 1,000 rules. All must give the same results.
//
//   dmn_bench [SECONDS]    seconds for each figure, 2 unless said

namespace {

using namespace softbot;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

const fs::path source = SOFTBOT_SOURCE_DIR;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

[[noreturn]] void give_up(const std::string& why) {
  std::cerr << "dmn_bench: " << why << '\n';
  std::exit(1);
}

/// A model and inputs for it.
struct Workload {
  std::string name;
  fs::path model;
  std::vector<Value> inputs;
};

dmn::Model load(const fs::path& file) {
  auto model = dmn::Model::load(read(file));
  if (!model) give_up(file.string() + ": " + model.error().text());
  return *std::move(model);
}

Workload household_help() {
  const auto inputs = parse_json(read(source / "tests/bench/household-help.inputs.json"));
  if (!inputs) give_up(inputs.error().message);
  return {"household help, 29 decisions", source / "config/policy/default/household-help.dmn",
          inputs->items()};
}

/// A table that knows every amount, region and membership once; rules that hit lie anywhere in it.
Workload rules(std::size_t count, const fs::path& folder) {
  constexpr std::size_t regions = 5;
  const std::size_t bands = count / regions / 2;
  std::string xml =
      R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="Rules" namespace="urn:rules">
)";
  for (const auto& [name, type] : std::initializer_list<std::pair<const char*, const char*>>{
           {"amount", "number"}, {"region", "string"}, {"member", "boolean"}})
    xml += std::string("<inputData name=\"") + name + "\" id=\"" + name + "\"><variable name=\"" + name +
           "\" typeRef=\"" + type + "\"/></inputData>\n";
  xml += R"(<decision name="fee" id="fee"><variable name="fee" typeRef="number"/>)";
  for (const char* name : {"amount", "region", "member"})
    xml += std::string("<informationRequirement><requiredInput href=\"#") + name +
           "\"/></informationRequirement>";
  xml += R"(<decisionTable hitPolicy="UNIQUE">)";
  for (const char* name : {"amount", "region", "member"})
    xml += std::string("<input><inputExpression><text>") + name + "</text></inputExpression></input>";
  xml += "<output typeRef=\"number\"/>\n";
  for (std::size_t rule = 0; rule < count; ++rule) {
    const std::size_t band = rule / regions / 2;
    const auto entry = [&xml](const std::string& kind, const std::string& text) {
      xml += "<" + kind + "><text>" + text + "</text></" + kind + ">";
    };
    xml += "<rule>";
    entry("inputEntry", "[" + std::to_string(10 * band) + ".." + std::to_string(10 * band + 10) + ")");
    entry("inputEntry", "\"region-" + std::to_string(rule / 2 % regions) + "\"");
    entry("inputEntry", rule % 2 == 0 ? "true" : "false");
    entry("outputEntry", std::to_string(3 * rule + 7));
    xml += "</rule>\n";
  }
  xml += "</decisionTable></decision></definitions>";
  Workload made{std::to_string(count) + " rules", folder / ("rules-" + std::to_string(count) + ".dmn"), {}};
  write(made.model, xml);
  for (std::size_t index = 0; index < 40; ++index) {
    const std::size_t band = (index * 7919) % bands;
    made.inputs.push_back(Value::object({{"amount", static_cast<std::int64_t>(10 * band + index % 10)},
                                         {"region", "region-" + std::to_string(index % regions)},
                                         {"member", index % 3 == 0}}));
  }
  return made;
}

double seconds_each = 2;

/// How often a second `work` can be done: the best of stretches of a tenth of a second.
double rate(const std::function<void()>& work) {
  double best = 0;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds_each);
  do {
    const auto begin = Clock::now();
    std::size_t done = 0;
    std::chrono::duration<double> passed{};
    do {
      for (int turn = 0; turn < 16; ++turn, ++done) work();
      passed = Clock::now() - begin;
    } while (passed.count() < 0.1);
    best = std::max(best, static_cast<double>(done) / passed.count());
  } while (Clock::now() < end);
  return best;
}

struct Figures {
  double single = 0;  ///< evaluations a second, one call after the other, inputs as values
  double json = 0;    ///< the same from JSON text to JSON text
  double traced = 0;  ///< with the trace of every rule and cell
  Value results;
};

Figures measure(const Workload& workload) {
  const dmn::Model model = load(workload.model);
  dmn::Conditions quick;
  quick.tracing = dmn::Tracing::errors_only;
  const dmn::Type type = model.input_type();
  std::vector<dmn::Context> inputs;
  std::vector<std::string> texts;
  Figures figures;
  figures.results = Value::list();
  for (const Value& input : workload.inputs) {
    inputs.push_back(*to_dmn(input, type).as_context());
    texts.push_back(to_json(input));
    figures.results.push(from_dmn(model.evaluate_all(inputs.back(), quick).result));
  }
  std::size_t turn = 0;
  const auto next = [&turn, &inputs] { return turn = (turn + 1) % inputs.size(); };
  std::size_t sink = 0;
  figures.single = rate([&] { sink += model.evaluate_all(inputs[next()], quick).result.is_null() ? 1 : 0; });
  figures.traced =
      rate([&] { sink += model.evaluate_all(inputs[next()], dmn::Conditions{}).result.is_null() ? 1 : 0; });
  figures.json = rate([&] {
    const auto json = parse_json(texts[next()]);
    const dmn::Value given = to_dmn(*json, type);
    sink += to_json(from_dmn(model.evaluate_all(*given.as_context(), quick).result)).size();
  });
  if (sink == 0) give_up("nothing was evaluated");
  return figures;
}

/// What the other engines do, and whether they agree: tests/dmn_peers/measure.mjs.
Value peers(const Workload& workload, const Figures& ours, const fs::path& folder) {
  auto inputs = Value::list();
  for (const Value& input : workload.inputs) inputs.push(input);
  write(folder / "inputs.json", to_json(inputs));
  write(folder / "ours.json", to_json(ours.results));
  const std::string command = "'" + (source / "tests/dmn_peers/run.sh").string() + "' measure.mjs '" +
                              workload.model.string() + "' '" + (folder / "inputs.json").string() + "' '" +
                              (folder / "ours.json").string() + "' " + std::to_string(seconds_each);
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  if (!pipe) give_up("cannot start node");
  std::string said;
  char piece[4096];
  while (const auto length = std::fread(piece, 1, sizeof piece, pipe.get())) said.append(piece, length);
  const auto json = parse_json(said);
  if (!json) give_up("the other engines differ or cannot run (see above): " + said);
  return *json;
}

void print(const std::string& what, double per_second, double ours) {
  std::printf("  %-34s %12.0f /s %10.2f us", what.c_str(), per_second, 1e6 / per_second);
  if (ours > 0) std::printf("   softbot is %.1f times as fast", ours / per_second);
  std::printf("\n");
}

double number(const Value& value) {
  const auto* found = value.as_number();
  return found ? std::strtod(found->text.c_str(), nullptr) : 0;
}

/// Prints one workload; gives how many times softbot is faster than the faster of the others, single call.
double compare(const Workload& workload, const fs::path& folder) {
  const Figures ours = measure(workload);
  const Value others = peers(workload, ours, folder);
  std::printf("%s (%zu inputs, equal results)\n", workload.name.c_str(), workload.inputs.size());
  print("softbot, single call", ours.single, 0);
  double fastest = 0;
  for (const auto& [engine, figures] : others.members()) {
    print(engine + ", single call", number(figures["single"]), ours.single);
    print(engine + ", batch", number(figures["batch"]), ours.single);
    fastest = std::max(fastest, number(figures["single"]));
  }
  print("softbot, JSON text to JSON text", ours.json, 0);
  print("softbot, with full trace", ours.traced, 0);
  std::printf("  ratio to the faster of the others, single call: %.1f (values), %.1f (JSON text)\n",
              ours.single / fastest, ours.json / fastest);
  std::fflush(stdout);
  return ours.single / fastest;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) seconds_each = std::max(0.2, std::strtod(argv[1], nullptr));
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<std::size_t>(sched_getcpu()), &one);
  if (sched_setaffinity(0, sizeof one, &one) != 0) give_up("cannot keep to one core");
  const fs::path folder = fs::temp_directory_path() / ("dmn_bench." + std::to_string(getpid()));
  fs::create_directories(folder);
  std::printf("one core, %.1f s each, the best of stretches of 0.1 s\n", seconds_each);
  const double policy = compare(household_help(), folder);
  double table = 0;
  for (const std::size_t count : {10U, 100U, 1000U}) table = compare(rules(count, folder), folder);
  fs::remove_all(folder);
  std::printf(
      "single call: %.1f times the faster of the others on the policy, %.1f times on 1000 rules (aim: 5)\n",
      policy, table);
  return 0;
}
