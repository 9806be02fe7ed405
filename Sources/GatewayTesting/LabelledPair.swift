/// Two texts of the evaluation sets and whether one answer serves both.
package struct LabelledPair: Sendable, Decodable {
    package let a: String
    package let b: String
    /// 1 where one answer serves both, else 0.
    package let same: Int
    package let kind: String
}
