/// The protocol a response came by.
package enum CurlHTTPVersion: String, Sendable {
    case http1_0 = "1.0"
    case http1_1 = "1.1"
    case http2 = "2"
    case unknown = ""
}
