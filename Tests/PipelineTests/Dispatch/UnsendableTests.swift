import CurlClient
import ProviderAPIs
import Routing
import Testing

@testable import Pipeline
@testable import Upstream

@Suite("A request that no connection can carry")
struct UnsendableTests {
    @Test("is the request's fault and says nothing of the target")
    func refused() {
        let failure = ProviderFailure(CurlError(.invalidRequest, "the URL must be printable ASCII"))
        #expect(failure.kind == .unsupported && !failure.wasSent)
        guard case .refused = AttemptEnd(failure) else {
            Issue.record("expected that the target is left as it is")
            return
        }
        #expect(ProviderFailure(CurlError(.connectFailed, "no")).kind == .transport)
    }
}
