/// Who said whether a stored answer fits a question. It decides what else the label proves.
package enum LabelSource: Sendable, Equatable {
    /// The provider's fresh answer was compared with the stored one. Asked for at random it is a check of hits, too.
    case answer
    /// A hit was drawn at random and judged: a check.
    case audit
    /// Somebody complained, or praised. That is no sample: it teaches, but says nothing about how many hits are wrong.
    case feedback

    /// What the label counts in what is learned.
    var weight: Double { self == .feedback ? 3 : 1 }
}
