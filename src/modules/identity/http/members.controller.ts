import { Body, Controller, Delete, Get, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../platform/auth/always-admitted.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import {
  LastOwner,
  MemberHasJoined,
  MemberHasRecord,
  MemberNeedsRole,
  MemberNotFound,
  OwnersBusiness,
} from '../domain/member-problems.js';
import { Requires } from '../domain/requires.js';
import { type Member, MemberReader } from '../queries/member-reader.js';
import { InviteMember } from '../use-cases/invite-member.js';
import { RemoveMember } from '../use-cases/remove-member.js';
import { ResendInvitation } from '../use-cases/resend-invitation.js';
import { SetMemberRoles } from '../use-cases/set-member-roles.js';
import { WithdrawInvitation } from '../use-cases/withdraw-invitation.js';
import { InviteMemberDto, MemberDto, MemberListQuery, SetMemberRolesDto } from './member.dto.js';

@Controller('v1/schools/:schoolId/members')
@ApiTags('Members')
export class MembersController {
  constructor(
    private readonly members: MemberReader,
    private readonly inviteMember: InviteMember,
    private readonly setMemberRoles: SetMemberRoles,
    private readonly removeMember: RemoveMember,
    private readonly resendInvitation: ResendInvitation,
    private readonly withdrawInvitation: WithdrawInvitation,
  ) {}

  @Get()
  @Requires('member.read')
  @Operation({
    id: 'listMembers',
    summary: 'List who belongs to the school, and as what',
    description: 'Everybody with a login, students among them; filter by role to see who runs the school.',
    ok: PageOf(MemberDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: MemberListQuery): Promise<Page<Member>> {
    return this.members.list(query);
  }

  @Post()
  @Requires('member.manage')
  @Operation({
    id: 'inviteMember',
    summary: 'Invite somebody to the school’s office',
    description:
      'Teachers and students are invited by adding and enrolling them. Somebody with a password gets the role at once.',
    ok: MemberDto,
    status: 201,
    problems: [OwnersBusiness],
  })
  invite(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() body: InviteMemberDto,
  ): Promise<Member> {
    return this.inviteMember.execute(actor, body);
  }

  @Put(':userId/roles')
  @Requires('member.manage')
  @Operation({
    id: 'setMemberRoles',
    summary: 'Say which office roles a member has',
    description: 'Losing a role ends the person’s sessions at once. A school always keeps an owner.',
    ok: MemberDto,
    problems: [MemberNotFound, OwnersBusiness, LastOwner, MemberNeedsRole],
  })
  setRoles(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('userId') userId: Id,
    @Body() { roles }: SetMemberRolesDto,
  ): Promise<Member> {
    return this.setMemberRoles.execute(actor, userId, roles);
  }

  @Delete(':userId')
  @Requires('member.manage')
  @AlwaysAdmitted('whoever must not get in any more is kept out')
  @Operation({
    id: 'removeMember',
    summary: 'Remove somebody from the school’s office',
    description: 'Ends the person’s sessions at once and voids an invitation that is open.',
    problems: [MemberNotFound, MemberHasRecord, OwnersBusiness, LastOwner],
  })
  remove(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('userId') userId: Id,
  ): Promise<void> {
    return this.removeMember.execute(actor, userId);
  }

  @Post(':userId/invitation')
  @Requires('member.manage')
  @Operation({
    id: 'resendInvitation',
    summary: 'Send an invitation once more',
    description: 'The link sent before stops working.',
    ok: MemberDto,
    problems: [MemberNotFound, OwnersBusiness, MemberHasJoined],
  })
  resend(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('userId') userId: Id,
  ): Promise<Member> {
    return this.resendInvitation.execute(actor, userId);
  }

  @Delete(':userId/invitation')
  @Requires('member.manage')
  @AlwaysAdmitted('whoever must not get in any more is kept out')
  @Operation({
    id: 'withdrawInvitation',
    summary: 'Void the link of an invitation',
    description: 'The person stays a member, and may be sent another link or be removed.',
    problems: [MemberNotFound, OwnersBusiness],
  })
  withdraw(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('userId') userId: Id,
  ): Promise<void> {
    return this.withdrawInvitation.execute(actor, userId);
  }
}
