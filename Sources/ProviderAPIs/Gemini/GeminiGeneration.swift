/// Which generation of Gemini a model is, by its name: what a request may hold depends on it.
struct GeminiGeneration: Equatable, Comparable {
    /// Such as 25 for 2.5.
    let number: Int
    let isPro: Bool

    /// `gemini-2.5-flash`, `models/gemini-3-pro-preview`, `gemini-flash-latest`; nil for names that do not tell, such
    /// as those of tuned models and of Gemma.
    init?(_ model: String) {
        let name = model.split(separator: "/").last?.lowercased() ?? ""
        guard name.hasPrefix("gemini-") else { return nil }
        let words = name.split(separator: "-").dropFirst()
        isPro = words.contains("pro")
        let digits = (words.first ?? "").split(separator: ".").map { Int($0) }
        if let major = digits.first ?? nil, (1..<100).contains(major) {
            let minor = digits.count > 1 ? digits[1] ?? 0 : 0
            number = major * 10 + min(max(minor, 0), 9)
        } else if words.last == "latest" {
            number = Self.newest
        } else {
            return nil
        }
    }

    static func < (left: GeminiGeneration, right: GeminiGeneration) -> Bool { left.number < right.number }

    /// Takes JSON Schema as it is (`responseJsonSchema`, `parametersJsonSchema`).
    var takesJSONSchema: Bool { number >= 25 }
    /// Can think.
    var thinks: Bool { number >= 25 }
    /// Refuses a history whose calls lost their signatures, and is told how hard to think in levels.
    var isThirdOrLater: Bool { number >= 30 }

    /// What `-latest` stands for, or more.
    private static let newest = 31
}
