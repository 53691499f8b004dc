import { randomUUID } from 'node:crypto';
import { filterOf } from './xero-filter.js';
import type { XeroOrganisation } from './xero-organisation.js';
import { XeroInvalid, XeroMissing } from './xero-problem.js';
import type { XeroContact } from './xero-records.js';

export function listContacts({ contacts }: XeroOrganisation, where: string | undefined): object {
  return { Contacts: [...contacts.values()].filter((each) => filterOf(where)({ ...each })) };
}

/** PUT: always a new one. */
export function createContacts(books: XeroOrganisation, wanted: readonly Partial<XeroContact>[]): object {
  const Contacts = wanted.map((each) => {
    const contact = { ...each, ContactID: randomUUID(), ContactStatus: 'ACTIVE', Name: each.Name ?? '' } as XeroContact;
    refuseUnsound(books, contact);
    books.contacts.set(contact.ContactID, contact);
    return contact;
  });
  return { Contacts };
}

export function updateContact(books: XeroOrganisation, id: string, changes: Partial<XeroContact> | undefined): object {
  const before = books.contacts.get(id);
  if (!before) throw new XeroMissing();
  const contact: XeroContact = { ...before, ...changes, ContactID: id };
  refuseUnsound(books, contact);
  books.contacts.set(id, contact);
  return { Contacts: [contact] };
}

function refuseUnsound({ contacts }: XeroOrganisation, contact: XeroContact): void {
  const { Name, ContactNumber, EmailAddress } = contact;
  if (!Name) throw new XeroInvalid('The contact name must be specified.');
  if (EmailAddress && !/^\S+@\S+\.\S+$/.test(EmailAddress)) throw new XeroInvalid('Email address must be valid.');
  const others = [...contacts.values()].filter(({ ContactID }) => ContactID !== contact.ContactID);
  const isNamesake = others.some((each) => each.ContactStatus === 'ACTIVE' && sameName(each.Name, Name));
  if (isNamesake) {
    throw new XeroInvalid(
      `The contact name ${Name} is already assigned to another contact. The contact name must be unique across all active contacts.`,
    );
  }
  if (ContactNumber && others.some((each) => each.ContactNumber === ContactNumber)) {
    throw new XeroInvalid('The contact number must be unique.');
  }
}

const sameName = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();
