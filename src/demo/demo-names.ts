/** Forty made-up people. */
export const demoStudentNames: readonly string[] = [
  'Freja Lund', 'Oscar Bang', 'Alma Krogh', 'William Dahl', 'Ida Skov', 'Noah Bjerre', 'Clara Winther', 'Emil Toft',
  'Ella Brandt', 'Malthe Juhl', 'Sofia Kjær', 'Valdemar Bruun', 'Agnes Holst', 'August Lauridsen', 'Josefine Thorsen',
  'Anton Ravn', 'Karla Damgaard', 'Viggo Hald', 'Olivia Storm', 'Magnus Ørum', 'Laura Ægidius', 'Elias Vestergaard',
  'Mathilde Åberg', 'Victor Nygaard', 'Nora Bech', 'Lucas Steffensen', 'Emma Fabricius', 'Aksel Munk', 'Liva Søndergaard',
  'Theodor Riis', 'Ellen Overgaard', 'Storm Gade', 'Asta Lindholm', 'Otto Kragh', 'Maja Ibsen', 'Carl Frandsen',
  'Rosa Bertelsen', 'Johan Maegaard', 'Vilma Thygesen', 'Felix Aagaard',
];
