import Foundation
import MockProvider
import Testing

@Suite("Knobs", .timeLimit(.minutes(1)))
struct MockKnobTests {
    private static let good: [(MockKnob, String)] = [
        (.latency, "0"), (.latency, "3600000"), (.jitter, "1.5"), (.tokenPace, "0.25"), (.answerTokens, "1000000"),
        (.answer, ""), (.errorRate, "1"), (.errorStatus, "599"), (.forcedStatus, "400"), (.retryAfter, "0"),
        (.rateLimit, "0"), (.rateWindow, "1"), (.cutAfterFrames, "0"), (.stallAfterFrames, "0"),
        (.malformedFrame, "1"), (.errorFrame, "1"), (.closeBeforeHead, "1"), (.finishReason, "length"),
        (.toolCall, "f"), (.toolArguments, "{}"), (.embeddingDimension, "16384"), (.failure, "quota-gone"),
        (.retryAfterForm, "date"), (.rateTokens, "0"), (.errorAfterLifecycle, "true"), (.missingTerminal, "1"),
        (.refusal, "No."), (.thinkingTokens, "0"), (.cachedTokens, "0"), (.cacheWriteTokens, "7"),
        (.pings, "0"), (.stampFrames, "true"),
    ]

    private static let bad: [(MockKnob, String)] = [
        (.latency, "-1"), (.latency, "nan"), (.latency, "inf"), (.jitter, "1ms"), (.tokenPace, "3600001"),
        (.answerTokens, "0"), (.answerTokens, "99999999999999999999"), (.errorRate, "1.01"), (.errorRate, "nan"),
        (.errorStatus, "200"), (.forcedStatus, "600"), (.retryAfter, "-1"), (.rateLimit, "-1"), (.rateWindow, ""),
        (.cutAfterFrames, "-1"), (.stallAfterFrames, "x"), (.malformedFrame, "0"), (.errorFrame, "0"),
        (.closeBeforeHead, "maybe"), (.finishReason, ""), (.toolCall, ""), (.embeddingDimension, "16385"),
        (.failure, "broken"), (.retryAfter, "soon"), (.retryAfterForm, ""), (.rateTokens, "-1"), (.refusal, ""),
        (.errorAfterLifecycle, ""), (.missingTerminal, "2"), (.thinkingTokens, "-1"), (.cachedTokens, "1.5"),
        (.cacheWriteTokens, "x"), (.pings, "-1"), (.stampFrames, "yes"),
    ]

    @Test("Every knob takes the ends of its range")
    func accepts() throws {
        #expect(Set(Self.good.map(\.0)) == Set(MockKnob.allCases))
        for (knob, text) in Self.good {
            var behavior = MockBehavior()
            #expect(throws: Never.self) { try behavior.set(knob, to: text) }
        }
    }

    @Test("A value outside its range is refused, names the header and changes nothing")
    func refuses() throws {
        for (knob, text) in Self.bad {
            var behavior = MockBehavior()
            let error = #expect(throws: MockProviderError.self) { try behavior.set(knob, to: text) }
            #expect(error?.code == .invalidKnob && error?.param == knob.headerName, "\(knob) \(text)")
            #expect(behavior == MockBehavior())
        }
    }

    @Test("The table of the documentation has every knob, every failure and every form of Retry-After")
    func documented() throws {
        let package = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: package.appending(path: "docs/mock-provider.md"), encoding: .utf8)
        for knob in MockKnob.allCases { #expect(text.contains("| `\(knob.headerName)`"), "\(knob.headerName)") }
        for failure in MockFailure.allCases { #expect(text.contains("| `\(failure.rawValue)`"), "\(failure)") }
        for form in MockRetryAfterForm.allCases { #expect(text.contains("`\(form.rawValue)`"), "\(form)") }
    }

    @Test("Times keep fractions of a millisecond")
    func fractions() throws {
        var behavior = MockBehavior()
        try behavior.set(.tokenPace, to: "0.25")
        #expect(behavior.tokenPace == .microseconds(250))
    }

    @Test("A header that is no knob, or holds a bad value, gets 400", arguments: ["x-mock-latency", "X-Mock-Status"])
    func overTheWire(name: String) async throws {
        try await MockFixture.run { mock in
            let response = try await mock.post(MockFixture.body("q"), headers: [name: "12"])
            let error: ErrorWire = try response.decoded()
            #expect(response.status == 400)
            #expect(error.error.param == name.lowercased() && error.error.code == "invalid_mock_header")
            let status1 = try await mock.post(MockFixture.body("q"), headers: ["x-mail": "12"]).status
            #expect(status1 == 200)
        }
    }
}
