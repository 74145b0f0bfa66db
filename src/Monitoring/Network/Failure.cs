namespace Monitoring.Network;

/// <summary>
/// The names of network failures: OONI's strings (ooni/probe-cli, <c>internal/netxlite/errno.go</c>), so that what we record compares with public data.
/// </summary>
public static class Failure
{
    public const string DnsNxdomain = "dns_nxdomain_error";
    public const string DnsNoAnswer = "dns_no_answer";
    public const string DnsRefused = "dns_refused_error";
    public const string DnsServfail = "dns_servfail_error";
    public const string DnsMisbehaving = "dns_server_misbehaving";
    public const string DnsTemporary = "dns_temporary_failure";
    public const string DnsAndroidNoData = "android_dns_cache_no_data";
    public const string DnsBogon = "dns_bogon_error";
    public const string ConnectionRefused = "connection_refused";
    public const string ConnectionReset = "connection_reset";
    public const string ConnectionAborted = "connection_aborted";
    public const string Eof = "eof_error";
    public const string Timeout = "generic_timeout_error";
    public const string HostUnreachable = "host_unreachable";
    public const string NetworkUnreachable = "network_unreachable";
    public const string NetworkReset = "network_reset";
    public const string AddressFamilyNotSupported = "address_family_not_supported";
    public const string AddressNotAvailable = "address_not_available";
    public const string MessageSize = "message_size";
    public const string NoBufferSpace = "no_buffer_space";
    public const string PermissionDenied = "permission_denied";
    public const string SslInvalidHostname = "ssl_invalid_hostname";
    public const string SslInvalidCertificate = "ssl_invalid_certificate";
    public const string SslUnknownAuthority = "ssl_unknown_authority";
    public const string SslFailedHandshake = "ssl_failed_handshake";
    public const string HttpInvalidRedirect = "http_invalid_redirect_location_host";

    /// <summary>OONI's prefix for what has no name; followed by the kind of exception, never by its message.</summary>
    public const string UnknownPrefix = "unknown_failure: ";
}
