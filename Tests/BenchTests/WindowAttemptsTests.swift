import Testing

@testable import refrain

@Suite struct WindowAttemptsTests {
    /// Fails as often as `failures` says, then measures.
    private func measure(failures: Int) async throws -> (figures: WindowFigures?, voids: [VoidWindow], attempts: Int) {
        var attempts = 0
        let (figures, voids) = try await WindowAttempts.firstValid {
            attempts += 1
            guard attempts <= failures else {
                return .success(WindowFigures(leg: .nginx, kind: .single, requests: 10, p50: Double(attempts)))
            }
            return .failure(
                VoidWindowError(window: VoidWindow(leg: .nginx, kind: .single, failures: attempts, reason: "cut")))
        }
        return (figures, voids, attempts)
    }

    @Test("A window without a failure is measured once")
    func valid() async throws {
        let outcome = try await measure(failures: 0)
        #expect(outcome.figures?.p50 == 1)
        #expect(outcome.voids.isEmpty)
        #expect(outcome.attempts == 1)
    }

    @Test("A window with a failure is measured again, keeps nothing of the void one, and says so")
    func repeated() async throws {
        let outcome = try await measure(failures: 2)
        #expect(outcome.figures?.p50 == 3)
        #expect(outcome.voids.map(\.failures) == [1, 2])
        #expect(outcome.voids.allSatisfy { $0.wasRepeated && $0.reason == "cut" })
    }

    @Test("After three void attempts there is no figure")
    func never() async throws {
        let outcome = try await measure(failures: .max)
        #expect(outcome.figures == nil)
        #expect(outcome.attempts == 3)
        #expect(outcome.voids.count == 3)
        #expect(outcome.voids.allSatisfy { !$0.wasRepeated })
    }
}
