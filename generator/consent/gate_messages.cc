#include "consent/gate_messages.h"

#include "base/text.h"

namespace hardtop {
namespace {

// What cannot be moved by itself: by the element and attribute that load.
struct Words {
  std::string what, mend;
};

Words words_for_fixed(const GateFind& find, const std::string& tag, const std::string& id) {
  const std::string attribute = to_lower_ascii(find.attribute);
  const std::string element = to_lower_ascii(find.element);
  if (element == "style" && attribute.empty()) {
    return {"this style sheet loads from '" + find.host + "'",
            "put the rules that load from there into a <style data-service=\"" + id + "\"> of their own"};
  }
  if (element == "base") {
    return {"<base> sends every URL of the page to '" + find.host + "'", "remove it, and write the URLs out"};
  }
  if (element == "meta") {
    return {"this page sends its visitors on to '" + find.host + "'", "link to it instead"};
  }
  if (attribute == "ping" || attribute == "attributionsrc") {
    return {"the " + attribute + " of " + tag + " tells '" + find.host + "' of every click", "remove the attribute"};
  }
  if (element == "frame" || element == "html") {
    return {"the " + attribute + " of " + tag + " loads from '" + find.host + "', and cannot wait for a choice",
            "remove it, or use an <iframe>"};
  }
  return {"the " + attribute + " of " + tag + " loads from '" + find.host + "', and cannot be taken from it",
          "put data-service=\"" + id +
              "\" on the element, which hides it with all that it holds until the service is allowed, or load it from "
              "this site"};
}

Words words_for_obstacle(Obstacle obstacle, const std::string& tag, const std::string& name, const std::string& id) {
  switch (obstacle) {
    case Obstacle::never_closed:
      return {tag + " is never closed, and so cannot be moved", "write </" + name + "> where it ends"};
    case Obstacle::misnested:
      return {tag + " is closed by something other than its end tag, and so cannot be moved",
              "close what is in it first, and then it: </" + name + ">"};
    case Obstacle::part:
      return {tag + " cannot be moved: it is part of what is around it, or its end tag may be left out",
              "put what belongs to the service, or the whole of which this is part, into a <div data-service=\"" + id +
                  "\">"};
    case Obstacle::in_table:
      return {tag + " stands between the parts of a table, from where browsers move it",
              "put it into a cell, or out of the table"};
    case Obstacle::in_select:
      return {tag + " stands in a <select>", "take it out"};
    case Obstacle::in_frameset:
      return {tag + " stands in a page of frames, which has no place for what waits for a choice",
              "use <iframe> in a page with <body>"};
    case Obstacle::in_link:
      return {tag + " stands in a link or a button, which cannot hold the placeholder with its buttons", "take it out"};
    case Obstacle::dropped:
      return {"browsers drop " + tag + " where it stands", "remove it"};
    case Obstacle::none:
    case Obstacle::breaks_tree:
      break;
  }
  return {tag + " cannot be moved without changing how what follows is read",
          "before it, close every <p> and formatting element that is meant to end; in it, close all that was opened"};
}

}  // namespace

GateProblem cannot_gate(const Services& services, const GateFind& find, const GateUnits::Refusal& refusal) {
  const std::string& id = services[find.service].id;
  const bool fixed = refusal.obstacle == Obstacle::none;
  const std::string name = to_lower_ascii(fixed ? find.element : refusal.element);
  const std::string tag = "<" + name + ">";
  Words words = fixed ? words_for_fixed(find, tag, id) : words_for_obstacle(refusal.obstacle, tag, name, id);
  return {find.offset, find.length, "consent/cannot-gate", words.what + "; it belongs to the service '" + id + "'",
          words.mend};
}

}  // namespace hardtop
