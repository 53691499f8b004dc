import { describe, expect, it } from '@jest/globals';
import { XsdSchemas } from './xsd-schemas.js';
import { VendorContract } from './vendor-contract.js';

const base = `\uFEFF<?xml version="1.0"?><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="id"><xs:restriction base="xs:string"/></xs:simpleType>
  <xs:complexType name="Reference"><xs:simpleContent><xs:extension base="id">
    <xs:attribute name="name" type="xs:string" use="optional"/>
  </xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="Thing" abstract="true"><xs:sequence><xs:element name="Id" type="id" minOccurs="0"/></xs:sequence>
    <xs:attribute name="sparse" type="xs:boolean"/></xs:complexType>
  <xs:complexType name="Anything"><xs:sequence><xs:any minOccurs="0"/></xs:sequence></xs:complexType>
</xs:schema>`;
const bill = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="State"><xs:restriction base="xs:string">
    <xs:enumeration value="Open"/><xs:enumeration value="Paid"/></xs:restriction></xs:simpleType>
  <xs:group name="Dates"><xs:sequence><xs:element name="Due" type="xs:date" minOccurs="0"/></xs:sequence></xs:group>
  <xs:complexType name="Bill"><xs:complexContent><xs:extension base="Thing"><xs:sequence>
    <xs:element name="Total" type="xs:decimal"/>
    <xs:element name="State" type="State" minOccurs="0"/>
    <xs:group ref="Dates"/>
    <xs:choice><xs:element name="Cash" type="xs:boolean"/><xs:element name="Account" type="Reference"/></xs:choice>
    <xs:element name="Line" type="Anything" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:extension></xs:complexContent></xs:complexType>
  <xs:element name="Bill" type="Bill" substitutionGroup="Object"/>
</xs:schema>`;

describe('XsdSchemas', () => {
  const xsd = new XsdSchemas([base, bill]);
  const contract = new VendorContract(() => ({ paths: {}, components: { schemas: xsd.all() } }), 'acme');

  it('takes what mirrors the types', () => {
    const whole = {
      Total: 1.5,
      State: 'Open',
      Due: '2026-11-20',
      Account: { value: '7', name: 'Bank' },
      Line: [{ x: 1 }],
    };
    for (const each of [whole, { Id: '1', sparse: true, Total: 0, Cash: false }]) {
      expect(contract.checkSchema('Bill', each)).toBeUndefined();
    }
  });

  it.each([
    ['a missing element', {}],
    ['text for a number', { Total: '1' }],
    ['a value that is none of the few', { Total: 1, State: 'Lost' }],
    ['a field nobody described', { Total: 1, Colour: 'red' }],
    ['one for a list', { Total: 1, Line: {} }],
    ['text for a reference', { Total: 1, Account: '7' }],
  ])('finds %s', (_what, value) => {
    expect(contract.checkSchema('Bill', value)).toMatch(/^vendor contract violated: Bill/);
  });

  it('says what may stand for an element', () => {
    expect(xsd.substitutesOf('Object')).toEqual([['Bill', 'Bill']]);
  });
});
