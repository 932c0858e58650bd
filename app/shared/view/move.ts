/** A button of `components/moves.edge`: what the record allows now, or why it has to wait. */
export interface Move {
  label: string
  url: string
  tone?: 'primary' | 'plain' | 'danger'
  disabled?: boolean
  reason?: string
  /** Asked before it is done. */
  confirm?: string
  /** The label of a comment that is typed with it. */
  comment?: string
}
