/// A target as Package.swift declares it.
struct ManifestTarget: Equatable {
    let name: String
    let line: Int
    /// Those of the package itself; products of other packages stand there as constants without quotes.
    let dependencies: [String]

    static func targets(in manifest: String) -> [ManifestTarget] {
        let target = Pattern(
            #"\.(?:target|executableTarget|testTarget|systemLibrary|plugin)\(\s*name:\s*"(\w+)""#
                + #"(?:\s*,\s*dependencies:\s*\[([^\]]*)\])?"#)
        return target.matches(in: manifest).map { match in
            ManifestTarget(
                name: match.groups[0], line: match.line,
                dependencies: Pattern(#""(\w+)""#).matches(in: match.groups[1]).map { $0.groups[0] })
        }
    }
}
