// What is asked of the contenders.
const quarter = 15 * 60_000;
const day = 24 * 60 * 60_000;
// From 06:00 UTC a lesson of 45 minutes fits in so often, summer and winter, while the teachers are at work.
const lessonsADay = 14;
const daysAhead = 30;
const days = 350;

/** Free times of the next two weeks, with all ten teachers, a full page. */
export function freeTimesPath({ school, lessonType }) {
  return `/v1/schools/${school}/free-times?lessonTypeId=${lessonType}&limit=200`;
}

export function bookingsPath({ school }) {
  return `/v1/schools/${school}/bookings`;
}

/**
 * Bookings in the empty months after the filled weeks: every one of another place, and those that follow each other of
 * another teacher, student and day, so that they do not wait for each other.
 * @returns an endless-looking list; it throws when it is used up
 */
export function* lessons({ lessonType, teachers, students }, now = Date.now()) {
  const times = days * lessonsADay;
  const stride = Math.floor(times / teachers.length);
  const first = Math.floor(now / day) * day + daysAhead * day + 6 * 60 * 60_000;
  for (let n = 0; n < times * teachers.length; n++) {
    const teacher = n % teachers.length;
    const time = (Math.floor(n / teachers.length) + teacher * stride) % times;
    const startsAt = new Date(first + Math.floor(time / lessonsADay) * day + (time % lessonsADay) * 3 * quarter);
    yield JSON.stringify({
      lessonTypeId: lessonType,
      teacherId: teachers[teacher].id,
      studentId: students[n % students.length].id,
      startsAt,
    });
  }
  throw new Error('every lesson is booked: ask for fewer rounds or shorter ones');
}
