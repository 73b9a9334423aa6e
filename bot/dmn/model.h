#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dmn/code.h"
#include "dmn/dmn.h"

/// A model in its compiled form: what is evaluated in which order, and which variables each body sees.
namespace softbot::dmn {

/// Something of the model that a body may refer to.
struct Reference {
  enum class Kind : std::uint8_t { input, decision, knowledge, service } kind = Kind::input;
  std::uint32_t index = 0;
};

/// One variable of a frame: an element itself, or a context with elements of an imported model.
struct FrameEntry {
  struct Member {
    std::string name;
    Reference element;
  };
  std::string name;
  bool is_import = false;
  std::vector<Member> members;  ///< one, unless it is an import
};

struct InputCode {
  Variable variable;
  std::string import;     ///< name under which its model is imported; "" in the model itself
  std::string element;    ///< name of the element, where its variable is called otherwise; else ""
  std::string qualified;  ///< namespace#name, of an imported one; else ""
};

struct DecisionCode {
  Variable variable;
  std::string element;    ///< as of an input
  std::string qualified;  ///< namespace#name
  NodeId body = no_node;
  std::vector<FrameEntry> frame = {};
};

/// A business knowledge model: a function, and what it captures.
struct KnowledgeCode {
  std::string name;
  std::string id;
  std::uint32_t function = 0;
  std::vector<FrameEntry> frame;
};

struct ServiceCode {
  std::string name;
  std::string id;
  std::uint32_t function = 0;
  std::vector<Reference> parameters;  ///< input decisions and input data, in order
  std::vector<std::uint32_t> outputs;
  Type type;
};

struct Model::Compiled {
  std::string name;
  std::string name_space;
  Code code;
  std::vector<InputCode> inputs;        ///< those of imported models too
  std::vector<DecisionCode> decisions;  ///< the model's own first
  std::vector<KnowledgeCode> knowledge;
  std::vector<ServiceCode> services;
  std::vector<Variable> own_inputs;  ///< of the model itself, for people
  std::vector<Variable> own_decisions;
  std::vector<Problem> problems;
};

}  // namespace softbot::dmn
