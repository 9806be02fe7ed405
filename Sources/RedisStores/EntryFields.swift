/// The fields of an entry's hash.
enum EntryFields {
    /// Of this layout; entries of another version are left alone.
    static let version = "v"
    /// 32 bytes. Compared when an entry is read, so that no key can carry an answer across the wall.
    static let partition = "p"
    /// The question as it was asked, UTF-8.
    static let question = "q"
    /// The answer: a `chat.completion` object.
    static let answer = "a"
    /// The model the provider named.
    static let model = "m"
    static let promptTokens = "pt"
    static let completionTokens = "ct"
    /// Milliseconds since 1970.
    static let created = "at"
    static let expires = "exp"
    /// Which encoder made the vector.
    static let encoder = "enc"
    /// Little-endian 32-bit floats.
    static let vector = "vec"

    /// What purges it can be forgotten by, see `EntryLabels`.
    static let labels = "l"
    /// The newest purge there was before it was asked for.
    static let generation = "g"

    /// For how much of its life it is fresh, and what then, see ``FreshnessCodec``; none where that is all of it.
    static let freshness = "f"

    static let currentVersion = "2"
}
