/// The head of a response, with the body still to be read.
package struct CurlResponse: Sendable {
    package let status: Int
    package let headers: CurlHeaders
    package let httpVersion: CurlHTTPVersion
    /// Read it to its end, or drop it: dropping it ends the exchange and closes an HTTP/1.1 connection.
    package let body: CurlBody
}
