import Foundation

/// Secrets with values that stand nowhere else, and the forms in which they could leave the gateway.
struct Canary {
    let values: [String]

    /// The forms of a secret that a text holds: as it is, in base64 at any place in a longer text, percent-encoded,
    /// and half of it, as a cut would leave.
    func found(in text: String) -> [String] {
        values.flatMap { value in Self.forms(of: value).filter { text.contains($0) } }
    }

    private static func forms(of value: String) -> [String] {
        let half = String(value.prefix(value.count / 2))
        let percent = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? value
        return [value, half, percent, percent.lowercased()] + (0..<3).map { base64(of: value, behind: $0) }
    }

    /// What base64 makes of a text behind so many other bytes, without the characters that these change.
    private static func base64(of value: String, behind count: Int) -> String {
        let text = Data([UInt8](repeating: 0, count: count) + Array(value.utf8)).base64EncodedString()
        let first = [0, 2, 3][count]
        return String(text.dropFirst(first).prefix((value.utf8.count - 2) / 3 * 4 - 4))
    }
}
