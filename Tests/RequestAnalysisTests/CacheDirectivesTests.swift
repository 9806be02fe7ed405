import GatewayCore
import GatewayTesting
import Testing

@testable import RequestAnalysis

@Suite("What callers say about caching")
struct CacheDirectivesTests {
    private func directives(_ cacheControl: [String], mode: String? = nil) throws -> CacheDirectives {
        var headers = CallerHeaders()
        headers.cacheControl = cacheControl
        headers.cacheMode = mode
        return try CacheDirectives(headers: headers)
    }

    @Test("Cache-Control is read in any case, with any blanks, from all its lines; the unknown is ignored", arguments: [
        ([], false, false), (["no-cache"], true, false), (["No-Cache"], true, false), (["no-store"], false, true),
        (["NO-STORE , no-cache"], true, true), (["no-store", "no-cache"], true, true),
        (["max-age=0"], true, false), (["max-age = 0"], true, false), (["max-age=60"], false, false),
        (["public, private"], false, false), (["no-cachexyz"], false, false), ([",,", " "], false, false),
        (["x=\"no-cache\""], false, false),
    ] as [([String], Bool, Bool)])
    func cacheControl(values: [String], skipsLookup: Bool, skipsWrite: Bool) throws {
        let directives = try directives(values)
        #expect(directives.skipsLookup == skipsLookup)
        #expect(directives.skipsWrite == skipsWrite)
        #expect(!directives.isExactOnly)
    }

    @Test("Numbers are whole seconds; of several the strictest counts, and what is none is ignored", arguments: [
        (["max-age=60"], Self.wanting(maxAge: 60)), (["max-age=60, max-age=20"], Self.wanting(maxAge: 20)),
        (["max-age=\"60\""], Self.wanting(maxAge: 60)), (["min-fresh = 5", "MIN-FRESH=9"], Self.wanting(minFresh: 9)),
        (["max-stale=5, max-stale=3"], Self.wanting(maxStale: 3)), (["max-stale"], Self.wanting()),
        (["max-stale=0"], Self.wanting(maxStale: 0)), (["stale-if-error=7"], Self.wanting(ifError: 7)),
        (["Only-If-Cached"], Self.wanting(isOnlyIfCached: true)), (["only-if-cached=1"], Self.wanting()),
        (["max-age=-1"], Self.wanting()), (["max-age=1.5"], Self.wanting()), (["max-age="], Self.wanting()),
        (["max-age"], Self.wanting()), (["max-age=99999999999999999999"], Self.wanting(maxAge: 3_162_240_000)),
        (["=5", "==", "min-fresh==5"], Self.wanting()), (["max-age=\""], Self.wanting()),
    ])
    func numbers(values: [String], expected: CacheDirectives) throws {
        #expect(try directives(values) == expected)
    }

    /// In seconds.
    private static func wanting(
        maxAge: Int64? = nil, minFresh: Int64? = nil, maxStale: Int64? = nil, ifError: Int64? = nil,
        isOnlyIfCached: Bool = false
    ) -> CacheDirectives {
        var directives = CacheDirectives()
        directives.maxAge = maxAge.map { .seconds($0) }
        directives.minFresh = minFresh.map { .seconds($0) }
        directives.maxStale = maxStale.map { .seconds($0) }
        directives.staleIfError = ifError.map { .seconds($0) }
        directives.isOnlyIfCached = isOnlyIfCached
        return directives
    }

    @Test("Life and likeness are numbers, or the caller's mistake", arguments: [
        ("60", nil, nil), (nil, "0.97", nil), (nil, "1", nil), ("0", nil, "x-refrain-cache-ttl"),
        ("1h", nil, "x-refrain-cache-ttl"), ("-1", nil, "x-refrain-cache-ttl"), ("", nil, "x-refrain-cache-ttl"),
        (nil, "1.1", "x-refrain-cache-threshold"), (nil, "nan", "x-refrain-cache-threshold"),
        (nil, "high", "x-refrain-cache-threshold"), (nil, "", "x-refrain-cache-threshold"),
    ] as [(String?, String?, String?)])
    func ours(life: String?, threshold: String?, mistake: String?) throws {
        var headers = CallerHeaders()
        (headers.cacheTTL, headers.cacheThreshold) = (life, threshold)
        guard let mistake else {
            let directives = try CacheDirectives(headers: headers)
            #expect(directives.timeToLive == (life == nil ? nil : .seconds(60)))
            #expect(directives.threshold == threshold.flatMap { Float($0) })
            return
        }
        let error = #expect(throws: GatewayError.self) { try CacheDirectives(headers: headers) }
        #expect(error?.code == .invalidRequest && error?.parameter == mistake)
    }

    @Test("Directives of random bytes are read or refused and never trap")
    func anything() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let words = ["max-age", "min-fresh", "=", ",", "\"", "9", "99999999999999999999", "-", " ", "no-store", "é"]
        for _ in 0..<2_000 {
            let text = (0..<8).map { _ in words.randomElement(using: &generator) ?? "" }.joined()
            var headers = CallerHeaders()
            headers.cacheControl = [text]
            (headers.cacheTTL, headers.cacheThreshold) = (text, text)
            _ = try? CacheDirectives(headers: headers)
            headers.cacheTTL = nil
            headers.cacheThreshold = nil
            #expect(throws: Never.self) { try CacheDirectives(headers: headers) }
        }
    }

    @Test("The mode may tighten to exact", arguments: [
        (nil, false), ("semantic", false), ("exact", true), ("off", false),
    ] as [(String?, Bool)])
    func modes(mode: String?, isExactOnly: Bool) throws {
        #expect(try directives([], mode: mode).isExactOnly == isExactOnly)
    }

    @Test("A mode that does not exist is the caller's mistake, and the header is named", arguments: ["", "OFF", "on", "exact "])
    func unknownModes(mode: String) {
        do {
            _ = try directives([], mode: mode)
            Issue.record("expected a refusal")
        } catch let error as GatewayError {
            #expect(error.code == .invalidRequest)
            #expect(error.parameter == "x-refrain-cache-mode")
        } catch {
            Issue.record(error)
        }
    }
}
