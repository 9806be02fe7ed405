#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// nginx as a plain proxy, the floor of everything that stands between a client and a provider: one worker, connections
/// kept to both sides, no log, no buffering of answers.
struct NginxConfig {
    static let program = "/usr/sbin/nginx"

    let port: Int
    let mockPort: Int
    let pacedPort: Int
    let directory: String

    static var isInstalled: Bool { unsafe access(program, X_OK) == 0 }

    var text: String {
        """
        \(geteuid() == 0 ? "user root;" : "")
        worker_processes 1;
        daemon off;
        pid \(directory)/nginx.pid;
        events { worker_connections 1024; }
        http {
            access_log off;
            tcp_nodelay on;
            keepalive_requests 1000000000;
            client_body_temp_path \(directory)/nginx-body;
            proxy_temp_path \(directory)/nginx-proxy;
            fastcgi_temp_path \(directory)/nginx-fastcgi;
            uwsgi_temp_path \(directory)/nginx-uwsgi;
            scgi_temp_path \(directory)/nginx-scgi;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
            upstream mock { server 127.0.0.1:\(mockPort); keepalive 64; keepalive_requests 1000000000; }
            upstream paced { server 127.0.0.1:\(pacedPort); keepalive 64; keepalive_requests 1000000000; }
            server {
                listen 127.0.0.1:\(port);
                location / { proxy_pass http://mock; }
                location /paced/ { proxy_pass http://paced/; }
            }
        }

        """
    }
}
