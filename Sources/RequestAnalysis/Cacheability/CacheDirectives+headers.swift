package import GatewayCore

/// The values of `x-refrain-cache-mode`.
enum CacheMode: String, CaseIterable {
    case off
    case exact
    case semantic
}

extension CacheDirectives {
    /// Reads `Cache-Control` and the `x-refrain-cache-*` headers. Directives of `Cache-Control` that are unknown, and
    /// those whose number is none, are ignored, as RFC 9111 asks; what is wrong in our own headers is the caller's
    /// mistake.
    package init(headers: CallerHeaders) throws(GatewayError) {
        self.init()
        if let mode = headers.cacheMode {
            guard let mode = CacheMode(rawValue: mode) else {
                let known = CacheMode.allCases.map(\.rawValue).joined(separator: ", ")
                throw Self.mistake("x-refrain-cache-mode", "must be one of \(known)")
            }
            isExactOnly = mode == .exact
        }
        for directive in headers.cacheControl.flatMap({ $0.split(separator: ",") }) {
            read(directive.lowercased().filter { $0 != " " && $0 != "\t" })
        }
        if let text = headers.cacheTTL {
            guard let life = Self.seconds(text), life > .zero else {
                throw Self.mistake("x-refrain-cache-ttl", "must be a whole number of seconds above 0")
            }
            timeToLive = life
        }
        if let text = headers.cacheThreshold {
            guard let number = Float(text), (0...1).contains(number) else {
                throw Self.mistake("x-refrain-cache-threshold", "must be a number from 0 to 1")
            }
            threshold = number
        }
        if let text = headers.maxWrongHits {
            guard let share = Share.percent(text) else {
                throw Self.mistake("x-refrain-cache-max-wrong-hits", "must be a share such as 0.5%, at most 50%")
            }
            maxWrongHits = share
        }
    }

    /// Of several of one name the strictest counts.
    private mutating func read(_ directive: String) {
        switch directive {
        case "no-cache": skipsLookup = true
        case "no-store": skipsWrite = true
        case "only-if-cached": isOnlyIfCached = true
        default: readNumber(directive.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false))
        }
    }

    private mutating func readNumber(_ parts: [Substring]) {
        guard parts.count == 2, let duration = Self.seconds(Self.unquoted(parts[1])) else { return }
        switch parts[0] {
        case "max-age" where duration == .zero: skipsLookup = true
        case "max-age": maxAge = min(maxAge ?? duration, duration)
        case "min-fresh": minFresh = max(minFresh ?? duration, duration)
        case "max-stale": maxStale = min(maxStale ?? duration, duration)
        case "stale-if-error": staleIfError = min(staleIfError ?? duration, duration)
        default: break
        }
    }

    /// Recipients accept the quoted form of an argument, too (RFC 9111, section 5.2).
    private static func unquoted(_ text: Substring) -> Substring {
        guard text.count >= 2, text.first == "\"", text.last == "\"" else { return text }
        return text.dropFirst().dropLast()
    }

    /// Digits alone; more than a century counts as one.
    private static func seconds(_ text: some StringProtocol) -> Duration? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let century: Int64 = 100 * 366 * 86_400
        return .seconds(min(Int64(text) ?? century, century))
    }

    private static func mistake(_ header: String, _ text: String) -> GatewayError {
        GatewayError(.invalidRequest, "\(header) \(text)", parameter: header)
    }
}
