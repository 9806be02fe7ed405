import Foundation
import Testing

/// Reads Prometheus' text format 0.0.4 as its specification words it, strictly: written for these tests alone and
/// sharing nothing with the writer.
struct ExpositionParser {
    struct Sample {
        let name: String
        let labels: [String: String]
        let value: Double
    }

    struct Family {
        var type: String
        var help: String?
        var samples: [Sample] = []
    }

    struct Violation: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var families: [String: Family] = [:]
    private(set) var order: [String] = []

    init(_ text: String) throws {
        guard text.isEmpty || text.hasSuffix("\n") else { throw Violation(description: "no line end at the end") }
        var helps: [String: String] = [:]
        var seen: Set<String> = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            if line.hasPrefix("# HELP ") {
                helps[words[2]] = try Self.unescaped(words.count > 3 ? words[3] : "", quotes: false)
            } else if line.hasPrefix("# TYPE ") {
                guard families[words[2]] == nil else { throw Violation(description: "two families \(words[2])") }
                guard ["counter", "gauge", "histogram"].contains(words[3]) else {
                    throw Violation(description: "type \(words[3])")
                }
                families[words[2]] = Family(type: words[3], help: helps[words[2]])
                order.append(words[2])
            } else {
                let sample = try Self.sample(String(line))
                guard seen.insert("\(sample.name) \(sample.labels.sorted { $0.key < $1.key })").inserted else {
                    throw Violation(description: "series twice: \(line)")
                }
                guard let current = order.last, Self.belongs(sample.name, current, families[current]?.type) else {
                    throw Violation(description: "outside its family: \(line)")
                }
                families[current]?.samples.append(sample)
            }
        }
        for (name, family) in families where family.type == "histogram" { try Self.checkHistogram(name, family) }
    }

    /// The value of the one sample with this name and these labels.
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        let matches = families.values.flatMap(\.samples).filter { $0.name == name && $0.labels == labels }
        return matches.count == 1 ? matches[0].value : nil
    }

    private static func belongs(_ sample: String, _ family: String, _ type: String?) -> Bool {
        guard type == "histogram" else { return sample == family }
        return ["_bucket", "_sum", "_count"].contains { sample == family + $0 }
    }

    /// Buckets are cumulative, their bounds ascend, and the last holds all that were counted.
    private static func checkHistogram(_ name: String, _ family: Family) throws {
        let groups = Dictionary(grouping: family.samples) { $0.labels.filter { $0.key != "le" } }
        for (labels, samples) in groups {
            let buckets = samples.filter { $0.name == "\(name)_bucket" }
            let bounds = buckets.compactMap { $0.labels["le"] }.compactMap { $0 == "+Inf" ? .infinity : Double($0) }
            let count = samples.first { $0.name == "\(name)_count" }?.value
            guard bounds.count == buckets.count, bounds.last == .infinity,
                zip(bounds, bounds.dropFirst()).allSatisfy(<),
                zip(buckets, buckets.dropFirst()).allSatisfy({ $0.value <= $1.value }), buckets.last?.value == count,
                samples.contains(where: { $0.name == "\(name)_sum" })
            else { throw Violation(description: "histogram \(name) \(labels)") }
        }
    }

    private static func sample(_ line: String) throws -> Sample {
        // By scalar and over all of them: only LF ends a line of this format.
        let pattern = /([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)/.dotMatchesNewlines()
            .matchingSemantics(.unicodeScalar)
        let labelPattern = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"(?:,|$)/.dotMatchesNewlines()
            .matchingSemantics(.unicodeScalar)
        guard let match = line.wholeMatch(of: pattern) else { throw Violation(description: "sample: \(line)") }
        let number = String(match.3)
        let special: [String: Double] = ["+Inf": .infinity, "-Inf": -.infinity, "NaN": .nan]
        guard let value = special[number] ?? Double(number) else { throw Violation(description: "number: \(line)") }
        var labels: [String: String] = [:]
        var rest = match.2 ?? ""
        while !rest.isEmpty {
            guard let label = rest.prefixMatch(of: labelPattern),
                labels.updateValue(try unescaped(String(label.2), quotes: true), forKey: String(label.1)) == nil
            else { throw Violation(description: "labels: \(line)") }
            rest = rest[label.range.upperBound...]
        }
        return Sample(name: String(match.1), labels: labels, value: value)
    }

    private static func unescaped(_ text: String, quotes: Bool) throws -> String {
        var result = ""
        var iterator = text.unicodeScalars.makeIterator()
        while let scalar = iterator.next() {
            guard scalar == "\\" else { result.unicodeScalars.append(scalar); continue }
            switch iterator.next() {
            case "\\": result += "\\"
            case "n": result += "\n"
            case "\"" where quotes: result += "\""
            default: throw Violation(description: "escape in \(text)")
            }
        }
        return result
    }
}
