import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  type AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  Certificate,
  type GeneralName,
  id_ce_authorityKeyIdentifier,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  type Name,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  type TBSCertificate,
} from '@peculiar/asn1-x509';

export interface CertificateWords {
  /** The name as RFC 4514 writes it, what is most specific (`CN=…`) first; '' where it is empty. */
  readonly subject: string;
  readonly issuer: string;
  /** `0A:1B:…` */
  readonly serial: string;
  /** ms since the epoch */
  readonly notBefore: number;
  readonly notAfter: number;
  /** `DNS:…`, `IP:…`, `URI:…`, `email:…` and so on, MAX_NAMES of them. */
  readonly alternativeNames: readonly string[];
  /** How many more there are. */
  readonly moreNames?: number;
  /** Subject and issuer are the same, and no other key is named as the issuer's. The signature is not computed. */
  readonly selfSigned: boolean;
}

/** Characters of one name; X.520 bounds the parts of it by 64 each. */
const MAX_NAME = 1000;
/** Names that are written out. Certificates for a hundred hosts are usual, and nobody reads more. */
const MAX_NAMES = 100;

/** RFC 4514 section 3, and those that openssl names besides. */
const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.4', 'SN'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.12', 'title'],
  ['2.5.4.42', 'GN'],
  ['2.5.4.97', 'organizationIdentifier'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['1.2.840.113549.1.9.1', 'emailAddress'],
]);

const cut = (text: string): string => (text.length > MAX_NAME ? `${text.slice(0, MAX_NAME)}…` : text);

const hex = (octets: ArrayBuffer | Uint8Array): string =>
  new Uint8Array(octets)
    .toHex()
    .toUpperCase()
    .replace(/..(?!$)/g, '$&:');

/** RFC 4514 section 2.4 */
const escaped = (value: string): string =>
  value
    .replace(/[\\,+"<>;=]/g, '\\$&')
    .replace(/^[# ]/, '\\$&')
    .replace(/ $/, '\\ ');

const attribute = ({ type, value }: AttributeTypeAndValue): string => {
  const text = value.anyValue ? `#${new Uint8Array(value.anyValue).toHex()}` : escaped(cut(value.toString()));
  return `${ATTRIBUTES.get(type) ?? type}=${text}`;
};

/** RFC 4514 section 2.1: from the last to the first. */
const nameText = (name: Name): string =>
  cut(
    [...name]
      .reverse()
      .map((parts) => [...parts].map(attribute).join('+'))
      .join(', '),
  );

const generalName = (name: GeneralName): string => {
  const { dNSName, iPAddress, uniformResourceIdentifier, rfc822Name, directoryName, registeredID, otherName } = name;
  const text = [
    dNSName !== undefined && `DNS:${dNSName}`,
    iPAddress !== undefined && `IP:${iPAddress}`,
    uniformResourceIdentifier !== undefined && `URI:${uniformResourceIdentifier}`,
    rfc822Name !== undefined && `email:${rfc822Name}`,
    directoryName !== undefined && `DirName:${nameText(directoryName)}`,
    registeredID !== undefined && `RID:${registeredID}`,
    otherName !== undefined && `otherName:${otherName.typeId}`,
  ].find((form) => form !== false);
  return cut(text ?? '?');
};

/** One extension; undefined where it is missing, or broken, which takes nothing from the rest. */
const extension = <T>({ extensions }: TBSCertificate, id: string, type: new () => T): T | undefined => {
  const found = extensions?.find(({ extnID }) => extnID === id);
  try {
    return found && AsnConvert.parse(found.extnValue, type);
  } catch {
    return;
  }
};

const octets = (value: OctetString | ArrayBuffer | undefined): string | undefined =>
  value && hex(value instanceof OctetString ? value.buffer : value);

/** As openssl judges it: the same name, and where both say which key they mean, the same key. */
const isSelfSigned = (body: TBSCertificate, subject: string, issuer: string): boolean => {
  const own = octets(extension(body, id_ce_subjectKeyIdentifier, SubjectKeyIdentifier));
  const theirs = octets(extension(body, id_ce_authorityKeyIdentifier, AuthorityKeyIdentifier)?.keyIdentifier);
  return subject === issuer && (own === undefined || theirs === undefined || own === theirs);
};

/** The words of a certificate (RFC 5280 section 4.1), in DER; undefined where the octets are none. Sizes are bounded. */
export const readCertificateWords = (der: Uint8Array<ArrayBuffer>): CertificateWords | undefined => {
  try {
    const { tbsCertificate: body } = AsnConvert.parse(der, Certificate);
    const [notBefore, notAfter] = [body.validity.notBefore.getTime(), body.validity.notAfter.getTime()].map(Number);
    if (notBefore === undefined || notAfter === undefined || Number.isNaN(notBefore + notAfter)) return;
    const names = [...(extension(body, id_ce_subjectAltName, SubjectAlternativeName) ?? [])];
    const [subject, issuer] = [nameText(body.subject), nameText(body.issuer)];
    return {
      subject,
      issuer,
      serial: hex(body.serialNumber),
      notBefore,
      notAfter,
      alternativeNames: names.slice(0, MAX_NAMES).map(generalName),
      ...(names.length > MAX_NAMES && { moreNames: names.length - MAX_NAMES }),
      selfSigned: isSelfSigned(body, subject, issuer),
    };
  } catch {
    return;
  }
};
