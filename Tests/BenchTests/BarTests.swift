import Testing

@testable import refrain

@Suite struct BarTests {
    @Test(
        "A limit is met at the limit, above it where more is better, and never by what is no number",
        arguments: [
            (60, nil, true), (60.1, nil, false), (60, true, true), (59.9, true, false), (.nan, nil, false),
            (.infinity, true, false),
        ] as [(Double, Bool?, Bool)])
    func limits(measured: Double, isFloor: Bool?, isMet: Bool) {
        #expect(Bar(goal: "g", limit: 60, measured: measured, isFloor: isFloor).isMet == isMet)
    }

    @Test("What was not measured is neither met nor failed")
    func open() {
        let bar = Bar(goal: "g", limit: 1, measured: nil)
        #expect(bar.isMet == nil)
        #expect(bar.description == "bar: g: –: not measured")
    }
}
