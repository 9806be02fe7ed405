/// Which encoder made a vector. Vectors of different encoders are never compared: each entry carries the identity, and
/// a mirror takes those of its own encoder alone.
package struct EncoderIdentity: Sendable, Hashable, CustomStringConvertible {
    /// A name for people, such as `all-MiniLM-L6-v2`.
    package let name: String
    /// What tells two encoders of one name apart: a digest of the weights, or the remote model's name.
    package let fingerprint: String
    /// Length of the vectors it makes.
    package let dimension: Int

    package init(name: String, fingerprint: String, dimension: Int) {
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = dimension
    }

    package var description: String { "\(name)#\(fingerprint)/\(dimension)" }
}
