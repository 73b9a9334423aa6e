#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dmn/dmn.h"

/// Small models for tests, written as a reader would say them.
namespace softbot::dmn {

inline std::string definitions(const std::string& body) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="Test" namespace="https://example.org/test">
)" + body +
         "</definitions>";
}

inline std::string escaped(const std::string& text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '<') {
      result += "&lt;";
    } else if (letter == '&') {
      result += "&amp;";
    } else {
      result += letter;
    }
  }
  return result;
}

inline std::string text_element(const std::string& name, const std::string& text) {
  return "<" + name + "><text>" + escaped(text) + "</text></" + name + ">\n";
}

/// A table over the numbers Age and Points: each rule is {age cell, points cell, output}.
struct TableModel {
  std::string policy;  ///< attributes of the table, such as hitPolicy="FIRST"
  std::vector<std::vector<std::string>> rules;
  std::string output_values = "";
  std::string default_output = "";

  [[nodiscard]] std::string xml() const {
    std::string body = R"(<inputData name="Age" id="age"><variable name="Age" typeRef="number"/></inputData>
<inputData name="Points" id="points"><variable name="Points" typeRef="number"/></inputData>
<decision name="Result" id="result"><variable name="Result"/>
<informationRequirement><requiredInput href="#age"/></informationRequirement>
<informationRequirement><requiredInput href="#points"/></informationRequirement>
<decisionTable )" + policy +
                       R"(>
<input><inputExpression typeRef="number"><text>Age</text></inputExpression></input>
<input><inputExpression typeRef="number"><text>Points</text></inputExpression></input>
<output name="Out">)";
    if (!output_values.empty()) body += text_element("outputValues", output_values);
    if (!default_output.empty()) body += text_element("defaultOutputEntry", default_output);
    body += "</output>\n";
    for (std::size_t index = 0; index < rules.size(); ++index) {
      body += "<rule id=\"r" + std::to_string(index + 1) + "\">" +
              text_element("inputEntry", rules[index][0]) + text_element("inputEntry", rules[index][1]) +
              text_element("outputEntry", rules[index][2]) +
              text_element("annotationEntry", "because " + std::to_string(index + 1)) + "</rule>\n";
    }
    return definitions(body + "</decisionTable></decision>");
  }

  [[nodiscard]] Evaluation evaluate(const Value& age, const Value& points) const {
    const auto model = Model::load(xml());
    EXPECT_TRUE(model.has_value()) << (model ? "" : model.error().text());
    if (!model) return {};
    return model->evaluate("Result", Context{{"Age", age}, {"Points", points}});
  }
};

inline Value feel(const std::string& expression, const Context& variables = {}) {
  return evaluate_feel(expression, variables).result;
}

}  // namespace softbot::dmn
