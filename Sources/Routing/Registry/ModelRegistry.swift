/// What is known of models, by name. A value: a reload makes a new one.
package struct ModelRegistry: Sendable, Equatable {
    private var profiles: [String: ModelProfile] = [:]
    /// Other names of models, such as what a provider calls its newest.
    private var aliases: [String: String] = [:]

    package init() {}

    /// How many models are known.
    package var count: Int { profiles.count }

    /// The names of all models, sorted.
    package var names: [String] { profiles.keys.sorted() }

    /// Adds a model, or takes the place of the one that has its name.
    package mutating func set(_ profile: ModelProfile, aliases others: [String] = []) {
        profiles[profile.name] = profile
        for alias in others { aliases[alias] = profile.name }
    }

    /// What is known of a model; nil when nothing is, and nothing is invented then.
    ///
    /// A name is looked for as it stands, then without the provider in front of a slash, then without a date at its end
    /// (`-2024-08-06`, `-20251001`) or `-latest`.
    package func profile(of name: String) -> ModelProfile? {
        if profiles.isEmpty { return nil }
        if let profile = exact(name) { return profile }
        let bare = name.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(name[name.index(after: $0)...]) } ?? name
        return exact(bare) ?? Self.undated(bare).flatMap { exact($0) }
    }

    /// The model of exactly this name.
    package func profile(named name: String) -> ModelProfile? { profiles[name] }

    private func exact(_ name: String) -> ModelProfile? {
        profiles[name] ?? aliases[name].flatMap { profiles[$0] }
    }

    private static func undated(_ name: String) -> String? {
        let latest = "-latest"
        if name.hasSuffix(latest) { return String(name.dropLast(latest.utf8.count)) }
        let bytes = Array(name.utf8)
        for form in ["-dddd-dd-dd", "-dddddddd"] where bytes.count > form.utf8.count {
            let fits = zip(bytes.suffix(form.utf8.count), form.utf8).allSatisfy { byte, mark in
                mark == UInt8(ascii: "d") ? (0x30...0x39).contains(byte) : byte == mark
            }
            if fits { return String(decoding: bytes.dropLast(form.utf8.count), as: UTF8.self) }
        }
        return nil
    }
}
