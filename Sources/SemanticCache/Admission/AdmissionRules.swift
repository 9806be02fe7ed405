/// Which answers are worth keeping, as far as the operator decides.
package struct AdmissionRules: Sendable, Equatable {
    /// Shorter texts are not kept, in characters without white space.
    package var leastCharacters = 1
    /// Whether an answer must come with what it used.
    package var requiresUsage = false
    /// Whether an answer may be kept that a model gave which was asked in another's place.
    package var keepsStandIns = false
    /// Whether an answer may be kept that reads like a refusal.
    package var keepsRefusals = false

    /// Whether an answer for many may tell who asked, or hold somebody's number of a card.
    package var keepsPersonal = false

    package init() {}

    /// For answers that an operator wrote: what they say is meant.
    package static var prepared: AdmissionRules {
        var rules = AdmissionRules()
        (rules.keepsRefusals, rules.keepsPersonal) = (true, true)
        return rules
    }
}
