import Testing

@Suite("What looking into answers may cost")
struct AuditSectionTests {
    @Test("A day's money that does not do for one question is refused")
    func budget() {
        for text in ["0", "0.004999999"] {
            let issues = Refusals.of("cache: {audit: {daily_budget: \(text)}}")
            #expect(issues.count == 1)
            #expect(issues.first?.contains("cache.audit.daily_budget: expected at least 0.005 dollars") == true)
        }
        for text in ["0.005", "1"] { #expect(Refusals.of("cache: {audit: {daily_budget: \(text)}}") == []) }
    }
}
