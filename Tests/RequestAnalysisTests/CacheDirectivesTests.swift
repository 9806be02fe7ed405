import GatewayCore
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
