// What visitors see of consent: rules of honest design that a theme can break.
#include "commands/explanations.h"

namespace hardtop {

const std::vector<Explanation>& consent_look_explanations() {
  static const std::vector<Explanation> table = {
      {"consent/unequal-buttons", "accepting and refusing are not offered alike",
       R"(Who accepts and who refuses must have the same way to go: the same kind of
element beside each other, with the same classes and attributes, and in the
same order in the banner and in the preferences. In the banner that goes for
the button that opens the preferences, too. A button that shines beside a link
that hides is what data protection authorities call deceptive design (EDPB
cookie banner taskforce 2023, practices A, D and E; 11 CCR 7004(a)(2)).)",
       R"(<button class="big" data-consent="accept-all">Accept all</button>
<a class="small" href="#" data-consent="reject-all">Reject all</a>)",
       R"(    <button type="button" class="consent-button" data-consent="accept-all">
    <button type="button" class="consent-button" data-consent="reject-all">)"},

      {"consent/preticked", "something is ticked before the visitor has chosen",
       R"(Consent is what somebody does, not what they leave as it is. A box that is
ticked in the HTML decides for them (EDPB cookie banner taskforce 2023,
practice B; GDPR, recital 32; CJEU C-673/17). The runtime ticks what a visitor
has allowed.)",
       R"(<input type="checkbox" data-consent-service="{{id}}" checked>)",
       R"(    <input type="checkbox" data-consent-service="{{id}}">)"},

      {"consent/no-refusal", "a layer can accept and cannot refuse",
       R"(Wherever a visitor can accept everything, they can refuse everything with one
press of a button in the same place (EDPB cookie banner taskforce 2023,
practice A, paragraph 8; 11 CCR 7004(a)(2)(C)). A refusal that is hidden,
disabled or out of the keyboard's reach is none.)",
       R"(<button data-consent="accept-all">Accept all</button>
<button data-consent="preferences">More information</button>)",
       R"(    <button type="button" class="consent-button" data-consent="reject-all">)"},

      {"consent/no-settings-link", "nothing on a page leads back to the preferences",
       R"(To withdraw a consent must be as easy as to give it, at any time: so every
page has a visible button or link that opens the preferences (EDPB cookie
banner taskforce 2023, practice K; GDPR, article 7(3)). The partial
consent-settings is one; a link to consent:preferences in the text, too.)",
       R"(A layout whose footer has no {{> consent-settings}}.)",
       R"(    <footer>
      {{> consent-settings}}
    </footer>)"},

      {"consent/missing-part", "a part of the banner or the preferences is missing",
       R"(The runtime looks for parts by their ids and for buttons by data-consent, and
the law asks for some of them. A theme that has partials of its own for banner
and preferences keeps: the section consent-banner with accept-all, reject-all
and preferences; the dialog consent-preferences with those two, save, close,
a box for each service, and data-gpc-confirm; the paragraph consent-status
with role="status" and data-saved; and where a service sells or shares, links
with data-consent="do-not-sell" in the banner and on every page.)",
       R"(A layout without {{> consent-banner}}.)",
       R"(Put the partial that the message names into the layout, or what it misses into
your own copy of the partial. The built-in ones are in the program's
assets/consent/partials.)"},

      {"consent/low-contrast", "a colour of the consent parts is hard to read",
       R"(Text needs a contrast of 4.5:1, the bounds of controls and the focus ring 3:1
(WCAG 2.2, 1.4.3 and 1.4.11). It is computed from [consent.light] and
[consent.dark] in theme.toml, from which the style sheet is made. A refusal
that nobody can read is none (EDPB cookie banner taskforce 2023, practice E).)",
       R"([consent.light]
paper = "#ffffff"
ink = "#999999")",
       R"(    [consent.light]
    paper = "#ffffff"
    ink = "#595959")"},
  };
  return table;
}

}  // namespace hardtop
