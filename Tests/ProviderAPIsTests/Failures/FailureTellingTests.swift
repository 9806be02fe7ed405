import ProviderAPIs
import Testing

@Suite("Of several failures the client is told the one that says most")
struct FailureTellingTests {
    @Test("The later one counts, unless it only says that one target was not the right one", arguments: [
        (ProviderFailure.Kind.rateLimited, ProviderFailure.Kind.unsupported, ProviderFailure.Kind.rateLimited),
        (.unsupported, .rateLimited, .rateLimited), (.serverError, .modelNotFound, .serverError),
        (.modelNotFound, .unsupported, .unsupported), (.unsupported, .modelNotFound, .unsupported),
        (.overloaded, .contextTooLong, .overloaded), (.contextTooLong, .unsupported, .contextTooLong),
        (.timeout, .contentPolicy, .timeout), (.serverError, .badRequest, .badRequest),
        (.serverError, .timeout, .timeout), (.rateLimited, .serverError, .serverError),
    ])
    func told(first: ProviderFailure.Kind, second: ProviderFailure.Kind, told: ProviderFailure.Kind) {
        let (earlier, later) = (ProviderFailure(first, message: "1"), ProviderFailure(second, message: "2"))
        #expect(ProviderFailure.telling(earlier, later).kind == told)
        #expect(ProviderFailure.telling(nil, later).kind == second)
    }
}
