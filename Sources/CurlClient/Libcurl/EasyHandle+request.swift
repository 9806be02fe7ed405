internal import CLibcurl
import NIOCore

extension EasyHandle {
    /// Describes all but the body of a validated request to libcurl, on a handle that is new or was reset.
    func apply(_ request: CurlRequest, _ configuration: CurlClientConfiguration) throws(CurlError) {
        try setErrorText()
        try applyConnection(configuration, isSecure: request.url.utf8.starts(with: "https".utf8))
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_USERAGENT, configuration.userAgent)
        if let connect = request.deadlines.connect {
            // 0 would mean libcurl's own 300 s.
            try set(CURLOPT_CONNECTTIMEOUT_MS, max(1, connect.wholeMilliseconds))
        }
        try applyMethod(request)
        if let signature = request.signature { try apply(signature, of: request.url) }
        for header in request.headers {
            // libcurl's spelling of a header without a value; "name:" would remove it.
            try append(headerLine: header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        try applyHeaders()
    }

    /// Gives libcurl the body of a request it knows otherwise.
    func applyBody(of request: CurlRequest) throws(CurlError) {
        if request.sendsBody { try setBody(request.body ?? ByteBuffer()) }
    }

    /// Lets libcurl sign the request. The signature is over the path with its percent signs encoded once more. libcurl
    /// 7.88, that of Debian 12, signs the path as it stands in the URL, so it is given the encoded one there and the
    /// true one as the request's target; from 8.9 on it encodes what it signs (curl/curl#13754).
    private func apply(_ signature: AWSSignature, of url: String) throws(CurlError) {
        if CurlVersion.number < 0x08_09_00, let path = Self.path(of: url), path.contains("%") {
            try set(CURLOPT_URL, url.dropLast(path.utf8.count) + path.split(
                separator: "%", omittingEmptySubsequences: false).joined(separator: "%25"))
            try set(CURLOPT_REQUEST_TARGET, String(path))
        }
        try set(CURLOPT_AWS_SIGV4, "aws:amz:\(signature.region):\(signature.service)")
        try set(CURLOPT_USERNAME, signature.keyID)
        try set(CURLOPT_PASSWORD, signature.secret)
    }

    /// Path and query of an absolute URL; nil without a path.
    private static func path(of url: String) -> Substring? {
        let slashes = url.utf8.indices.filter { url.utf8[$0] == UInt8(ascii: "/") }
        return slashes.count > 2 ? url[slashes[2]...] : nil
    }

    private func applyMethod(_ request: CurlRequest) throws(CurlError) {
        if request.sendsBody {
            try set(CURLOPT_POST, 1)
            // Neither the pause before a large body nor a content type of libcurl's choice. Signed requests may pause:
            // libcurl signs the header line that takes the pause away, and then does not send it.
            if request.signature == nil { try append(headerLine: "Expect:") }
            if !request.headers.contains(where: { ASCII.equalsIgnoringCase(Self.contentType, $0.name.utf8) }) {
                try append(headerLine: "Content-Type:")
            }
            if request.method != "POST" { try set(CURLOPT_CUSTOMREQUEST, request.method) }
        } else if request.method == "HEAD" {
            try set(CURLOPT_NOBODY, 1)
        } else if request.method != "GET" {
            try set(CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    private func applyConnection(_ configuration: CurlClientConfiguration, isSecure: Bool) throws(CurlError) {
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_TCP_NODELAY, 1)
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_MAXAGE_CONN, max(1, configuration.keepAlive.wholeMilliseconds / 1000))
        switch configuration.proxy {
        case .none: try set(CURLOPT_PROXY, "")
        case .environment: break
        case .url(let url): try set(CURLOPT_PROXY, url)
        }
        let isMultiplexed = isSecure && configuration.isHTTP2Enabled
        try set(CURLOPT_HTTP_VERSION, Int(isMultiplexed ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1))
        if isMultiplexed {
            // While the first connection to a host is being made, wait to see whether it can be shared.
            try set(CURLOPT_PIPEWAIT, 1)
        }
        if isSecure { try applyTrust(configuration) }
    }

    private func applyTrust(_ configuration: CurlClientConfiguration) throws(CurlError) {
        try set(CURLOPT_SSL_VERIFYPEER, configuration.verifiesCertificates ? 1 : 0)
        try set(CURLOPT_SSL_VERIFYHOST, configuration.verifiesCertificates ? 2 : 0)
        if let file = configuration.certificateAuthorityFile { try set(CURLOPT_CAINFO, file) }
        if let directory = configuration.certificateAuthorityDirectory { try set(CURLOPT_CAPATH, directory) }
    }

    private static let contentType = Array("content-type".utf8)
}

extension CurlRequest {
    /// Whether a body is sent, if only an empty one.
    fileprivate var sendsBody: Bool { body != nil || ["POST", "PUT", "PATCH"].contains(method) }
}
