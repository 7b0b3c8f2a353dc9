// Namespace names of the wire, in one place.
#pragma once

namespace naru::ihe::ns {

inline constexpr const char soap12[] = "http://www.w3.org/2003/05/soap-envelope";
inline constexpr const char soap11[] = "http://schemas.xmlsoap.org/soap/envelope/";
inline constexpr const char addressing[] = "http://www.w3.org/2005/08/addressing";
inline constexpr const char addressing2004[] = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
inline constexpr const char security[] =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
inline constexpr const char xop[] = "http://www.w3.org/2004/08/xop/include";
inline constexpr const char xds[] = "urn:ihe:iti:xds-b:2007";
inline constexpr const char rad[] = "urn:ihe:rad:xdsi-b:2009"; // XDS-I.b
inline constexpr const char rim[] = "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0";
inline constexpr const char rs[] = "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0";
inline constexpr const char lcm[] = "urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0";
inline constexpr const char query[] = "urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0";
inline constexpr const char hl7[] = "urn:hl7-org:v3";

} // namespace naru::ihe::ns
