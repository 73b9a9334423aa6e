#include <iostream>
#include <string>

#include "dmn/dmn.h"
#include "domain/json.h"
#include "policy/dmn_values.h"

// Evaluates FEEL expressions, one on each line of standard input, and prints each result as a line of JSON.
int main() {
  using namespace softbot;
  for (std::string line; std::getline(std::cin, line);)
    std::cout << to_json(from_dmn(dmn::evaluate_feel(line, {}).result)) << '\n';
  return 0;
}
